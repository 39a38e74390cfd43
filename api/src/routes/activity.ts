import { activity as activitySchema, activitySpan } from '@inkqueue/shared/contracts/activity';
import { z } from 'zod';
import type { CurrentActivity } from '../activity/activity.ts';
import { type Route, route } from '../http/route.ts';

/** The route of the activity behind the API. */
export function activityRoutes(options: { activity: Pick<CurrentActivity, 'over'> }): Route[] {
  const { activity } = options;
  return [
    route({
      method: 'get',
      path: '/activity',
      operationId: 'getActivity',
      tag: 'Activity',
      summary: 'The queue, the workers and the last minutes',
      description:
        'A second old at most. While Redis is away `queue` is null and `workers` is empty. Over socket.io the topic `activity` brings the same, of the last five minutes, once a second.',
      query: z.object({
        span: z
          .enum(activitySpan.def.entries)
          .default('minutes')
          .describe(
            'How far back `points` go: `minutes` are five, in stretches of 5 s; `hour` of 1 min, `day` of 15 min',
          ),
      }),
      responses: { 200: { description: 'The activity', schema: activitySchema } },
      problems: ['invalid-request', 'internal'],
      async handle(ctx, { query }) {
        ctx.body = await activity.over(query.span);
      },
    }),
  ];
}
