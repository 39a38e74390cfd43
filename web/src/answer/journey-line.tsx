import type { Prediction } from '@inkqueue/shared/contracts/prediction';
import { Fragment } from 'react';
import { pathOf } from '../state/place.ts';
import { isStale, type TrackedPrediction } from '../state/prediction/tracked-prediction.ts';
import { texts } from '../texts/texts.ts';
import { journeyOf, journeySteps } from './journey.ts';
import { JourneyPicture } from './journey-picture.tsx';
import { OwnLink } from './own-link.tsx';

/** Enough of an id to distinguish workers: as much as the activity shows. */
const WORKER_CHARS = 8;

/** The prediction's way through the queue: what took how long, as a picture and in numbers, and who read it. */
export function JourneyLine({ tracked }: { tracked: TrackedPrediction }) {
  const succeeded = isStale(tracked) ? null : tracked.succeeded;
  const journey = succeeded && journeyOf(succeeded);
  return (
    <section className="journey" aria-label={texts.journey.heading}>
      <JourneyPicture journey={journey} />
      <ol className="journey-steps">
        {journeySteps(tracked).map(({ name, state, ms }) => (
          <li
            key={name}
            className="journey-step"
            data-name={name}
            data-state={state}
            aria-current={state === 'now' ? 'step' : undefined}
          >
            <span className="journey-name">{texts.journey.steps[name]}</span>
            <span className="journey-ms">{ms === null ? '' : texts.milliseconds(ms)}</span>
          </li>
        ))}
      </ol>
      <ul className="journey-stages" aria-label={texts.journey.stagesOf}>
        {journey?.stages.map(({ name, ms }) => (
          <li key={name} className="journey-stage" data-name={name}>
            {texts.journey.stage(texts.journey.stages[name], texts.milliseconds(ms))}
          </li>
        ))}
      </ul>
      <p className="journey-detail">
        {succeeded &&
          factsOf(succeeded.prediction).map((fact) => (
            <Fragment key={fact}>
              <span className="journey-fact">{fact}</span>
              {' · '}
            </Fragment>
          ))}
        {succeeded?.prediction.model && <ModelLink model={succeeded.prediction.model} />}
      </p>
      <div className="journey-link">{succeeded && <OwnLink prediction={succeeded.prediction} />}</div>
    </section>
  );
}

function ModelLink({ model: { name, version } }: { model: NonNullable<Prediction['model']> }) {
  return (
    <a className="journey-fact" href={pathOf({ name: 'model', model: name })} data-place>
      {texts.journey.model(name, version)}
    </a>
  );
}

function factsOf({ worker, timings }: NonNullable<TrackedPrediction['prediction']>): string[] {
  const pictures = timings?.batch_pictures;
  return [
    ...(worker === undefined ? [] : [texts.journey.worker(worker.slice(0, WORKER_CHARS))]),
    ...(timings && pictures !== undefined ? [texts.journey.together(pictures - 1, timings.batch_size)] : []),
  ];
}
