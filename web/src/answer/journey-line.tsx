import { Fragment } from 'react';
import { isStale, type SucceededPrediction, type TrackedPrediction } from '../state/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { journeySteps } from './journey.ts';
import { OwnLink } from './own-link.tsx';

/** The prediction's steps through the queue, with the time of each. */
export function JourneyLine({ tracked }: { tracked: TrackedPrediction }) {
  const succeeded = isStale(tracked) ? null : tracked.succeeded;
  return (
    <section className="journey" aria-label={texts.journey}>
      <ol className="journey-steps">
        {journeySteps(tracked).map(({ name, state, ms }) => (
          <li
            key={name}
            className="journey-step"
            data-state={state}
            aria-current={state === 'now' ? 'step' : undefined}
          >
            <span className="journey-name">{texts.steps[name]}</span>
            <span className="journey-ms">{ms === null ? '' : texts.milliseconds(ms)}</span>
          </li>
        ))}
      </ol>
      <p className="journey-detail">
        {detailsOf(succeeded).map((detail, index) => (
          <Fragment key={detail}>
            {index > 0 && ' · '}
            <span className="journey-fact">{detail}</span>
          </Fragment>
        ))}
      </p>
      <div className="journey-link">{succeeded && <OwnLink prediction={succeeded.prediction} />}</div>
    </section>
  );
}

function detailsOf(succeeded: SucceededPrediction | null): string[] {
  if (!succeeded) return [];
  const { timings, model } = succeeded.prediction;
  const details: string[] = [];
  if (timings) {
    const stages = [timings.decode_ms, timings.normalize_ms, timings.inference_ms] as const;
    details.push(...texts.stages(...stages));
    if (timings.batch_size > 1) details.push(texts.batch(timings.batch_size));
  }
  if (model) details.push(`${model.name} ${model.version}`);
  return details;
}
