import { activity as activitySchema } from '@inkqueue/shared/contracts/activity';
import type { CurrentActivity } from '../activity/activity.ts';
import { type Route, route } from '../http/route.ts';

/** The route of the activity behind the API. */
export function activityRoutes(options: { activity: Pick<CurrentActivity, 'now'> }): Route[] {
  const { activity } = options;
  return [
    route({
      method: 'get',
      path: '/activity',
      operationId: 'getActivity',
      tag: 'Activity',
      summary: 'The queue, the workers and the last five minutes',
      description:
        'A second old at most. While Redis is away `queue` is null and `workers` is empty. `points` begin with the api process that answers. Over socket.io the topic `activity` brings the same once a second.',
      responses: { 200: { description: 'The activity', schema: activitySchema } },
      problems: ['internal'],
      async handle(ctx) {
        ctx.body = await activity.now();
      },
    }),
  ];
}
