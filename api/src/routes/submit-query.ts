import { EXPLAINED_MAX, expectation } from '@inkqueue/shared/contracts/prediction';
import type { Context } from 'koa';
import { z } from 'zod';
import { clientOf } from '../http/client.ts';
import { traceOf } from '../http/observing/requests.ts';
import { WEBHOOK_LENGTH_MAX } from '../webhooks/address.ts';

const flag = z.stringbool({ truthy: ['true', '1', 'yes', 'on', ''], falsy: ['false', '0', 'no', 'off'] });

/** The schema parses text; OpenAPI documents the boolean that the text means. `?preview` alone is true. */
const asBoolean = { type: 'boolean', allowEmptyValue: true } as const;

/** The query of every route that takes images. */
export const submitQuery = z.object({
  priority: z
    .enum(['normal', 'low'])
    .default('normal')
    .describe('`low` goes after all others of the same kind'),
  expect: z
    .enum(expectation.def.entries)
    .default('auto')
    .describe(
      'How many digits the picture shows. `one`: one digit, and what else is on it lies around it; the most central is read. `many`: a number, or lines of numbers; all is read. `auto`: what the picture looks like',
    ),
  preview: flag.default(false).meta({
    description: 'Keep the network’s 28×28 input and return it with the result; false by default',
    ...asBoolean,
  }),
});

/** The query of the routes that take one image. */
export const submitOneQuery = submitQuery.extend({
  explain: flag.default(false).meta({
    description: `Say why, for the first ${EXPLAINED_MAX} digits: maps of what of the ink speaks for each digit, and what against it, in \`explanation\`; false by default. The network looks about a hundred times more at each digit`,
    ...asBoolean,
  }),
});

/** The query of the route that takes one image and answers before its end. */
export const submitAsyncQuery = submitOneQuery.extend({
  webhook: z.string().max(WEBHOOK_LENGTH_MAX).optional().meta({
    description:
      'An https URL to which the service posts the prediction, signed, once it has ended: see the callback. Percent-encode it',
    format: 'uri',
  }),
});

/** Of the routes that take images and no webhook. */
export const NO_WEBHOOK = {
  webhook:
    'This route does not take one. Use POST /predictions, which sends each prediction once it has ended.',
};

/** How the query and the trace of a request say that its image is taken in. */
export function submissionOf(
  ctx: Context,
  { priority, ...how }: z.infer<typeof submitQuery> & { explain?: boolean },
) {
  return { ...how, isLow: priority === 'low', client: clientOf(ctx), trace: traceOf(ctx) };
}
