import type { Reading } from '../state/reading.ts';
import { texts } from '../texts.ts';
import { journeySteps } from './journey.ts';

/** The prediction's way through the queue, step by step, with the time each took. */
export function JourneyLine({ reading }: { reading: Reading }) {
  const prediction = reading.answer?.prediction;
  const timings = prediction?.timings;
  return (
    <section className="journey" aria-label={texts.journey}>
      <ol className="journey-steps">
        {journeySteps(reading).map(({ name, state, ms }) => (
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
        {timings &&
          `${texts.stages(
            texts.milliseconds(timings.decode_ms),
            texts.milliseconds(timings.normalize_ms),
            texts.milliseconds(timings.inference_ms),
          )} · ${texts.batch(timings.batch_size)}`}
        {prediction?.model && ` · ${prediction.model.name} ${prediction.model.version}`}
        {prediction && (
          <>
            {' · '}
            <a href={prediction.links.self}>{texts.json}</a>
          </>
        )}
      </p>
    </section>
  );
}
