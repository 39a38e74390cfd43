import type { WhyActions } from './actions/why-actions.ts';
import type { WhyProps } from './answer/evidence.tsx';
import type { PageState } from './state/page.ts';
import { whyOf } from './state/prediction/explanation.ts';
import { isStale, type TrackedPrediction } from './state/prediction/tracked-prediction.ts';

/** What the answer shows of the question why, for the prediction that stands under `key`. */
export function whyProps(
  actions: WhyActions,
  state: PageState,
  key: string,
  tracked: TrackedPrediction,
): WhyProps {
  const succeeded = isStale(tracked) ? null : tracked.succeeded;
  const { id } = succeeded?.prediction ?? {};
  const canAsk = succeeded && id !== undefined && tracked.phase === 'done' && actions.canAsk(key);
  return {
    asked: whyOf(state.why, succeeded),
    onAsk: canAsk ? () => actions.ask(key, id, succeeded.result.text) : null,
    onClose: actions.close,
  };
}
