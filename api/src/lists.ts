import type { PredictionPage, PredictionStatus } from '@inkqueue/shared/contracts/prediction';
import type { Batches } from './batches/batches.ts';
import { ProblemError } from './errors.ts';
import type { Present } from './predictions/presenter.ts';
import type { Queue } from './queue/queue.ts';

export type Lists = ReturnType<typeof createLists>;

/** What is asked of the list. */
interface Wanted {
  status: PredictionStatus | null;
  batch: string | null;
  /** A cursor: where the page before ended. */
  after: string | null;
  limit: number;
}

/** Lists of predictions: of all, or of one batch, newest first. */
export function createLists(options: {
  queue: Pick<Queue, 'list' | 'getAll' | 'isPredictionId'>;
  batches: Pick<Batches, 'predictionIds'>;
  present: Present;
  basePath?: string;
}) {
  const { queue, batches, present, basePath = '' } = options;

  function idIn(cursor: string | null): string | null {
    if (cursor === null) return null;
    const id = Buffer.from(cursor, 'base64url').toString();
    if (queue.isPredictionId(id)) return id;
    throw foreignCursor();
  }

  async function pageOfBatch(batch: string, { after, limit, status }: Omit<Wanted, 'batch'>) {
    const ids = (await batches.predictionIds(batch)).reverse();
    if (after !== null && !ids.includes(after)) throw foreignCursor();
    const rest = ids.slice(after === null ? 0 : ids.indexOf(after) + 1);
    const states = await queue.getAll(rest);
    const all = rest.flatMap((id, i) => {
      const state = states[i];
      return state && (status === null || state.status === status) ? [{ id, state }] : [];
    });
    const predictions = all.slice(0, limit);
    return { predictions, after: all.length > limit ? (predictions.at(-1)?.id ?? null) : null };
  }

  return {
    /** @throws ProblemError invalid-request, batch-not-found, batch-expired */
    async page({ batch, ...rest }: Wanted): Promise<PredictionPage> {
      const wanted = { ...rest, after: idIn(rest.after) };
      const { predictions, after } = await (batch ? pageOfBatch(batch, wanted) : queue.list(wanted));
      return {
        predictions: predictions.map(({ id, state }) => present(id, state)),
        next: after && nextPage(after),
      };

      function nextPage(id: string): string {
        const query = new URLSearchParams({
          ...(wanted.status && { status: wanted.status }),
          ...(batch && { batch }),
          after: Buffer.from(id).toString('base64url'),
          limit: String(wanted.limit),
        });
        return `${basePath}/predictions?${query}`;
      }
    },
  };
}

const foreignCursor = () =>
  new ProblemError('invalid-request', 'In the query: after: is not where a page of this list ended.');
