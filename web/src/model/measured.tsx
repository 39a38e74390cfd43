import type { MeasuredSet } from '@inkqueue/shared/contracts/model-card';
import type { CSSProperties } from 'react';
import { texts } from '../texts/texts.ts';
import { kindsOf, misreadings, reliabilityPoints } from './figures.ts';
import { Reliability } from './reliability.tsx';

/** More misreadings say nothing. */
const MISREADINGS_MAX = 6;

/** What was measured on one set of pictures: by kind, what is misread, how sure against how right. */
export function Measured({ name, set }: { name: string; set: MeasuredSet }) {
  const points = reliabilityPoints(set);
  const wrong = misreadings(set, MISREADINGS_MAX);
  return (
    <section className="measured" aria-label={name}>
      <h4 className="measured-heading">{texts.model.setOf(name, set.n)}</h4>
      <p className="measured-share">{texts.model.readRight(texts.model.share(set.accuracy))}</p>
      <div className="measured-parts">
        <div>
          <h5 className="measured-part">{texts.model.byKind}</h5>
          <ul>
            {kindsOf(set).map(({ kind, n, share }) => (
              <li key={kind} className="kind">
                <span>{kind}</span>
                <span className="kind-track" aria-hidden="true">
                  <span className="kind-ink" style={{ '--share': share } as CSSProperties} />
                </span>
                <span className="kind-share">{texts.model.shareOf(texts.model.share(share), n)}</span>
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h5 className="measured-part">{texts.model.misreads}</h5>
          {wrong.length === 0 ? (
            <p className="model-note">{texts.model.misreadsNone}</p>
          ) : (
            <ul className="misread">
              {wrong.map(({ digit, read, count }) => (
                <li key={`${digit}${read}`}>{texts.model.misread(digit, read, count)}</li>
              ))}
            </ul>
          )}
        </div>
        {points.length > 0 && (
          <div>
            <h5 className="measured-part">{texts.model.reliability}</h5>
            <Reliability points={points} />
          </div>
        )}
      </div>
    </section>
  );
}
