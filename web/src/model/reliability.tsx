import { texts } from '../texts/texts.ts';
import type { ReliabilityPoint } from './figures.ts';

// In units of the drawing.
const SIDE = 200;
const RADIUS_MIN = 2.5;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** How sure the network is, to the right, against how often it is right, upwards. On the diagonal it is as right as it says. */
export function Reliability({ points }: { points: readonly ReliabilityPoint[] }) {
  return (
    <figure className="reliability">
      <svg
        className="reliability-picture"
        viewBox={`-34 -8 ${SIDE + 44} ${SIDE + 42}`}
        role="img"
        aria-label={texts.model.reliabilityInWords}
      >
        <rect className="reliability-frame" width={SIDE} height={SIDE} />
        <path className="reliability-ideal" d={`M0 ${SIDE} L${SIDE} 0`} />
        {points.map(({ sure, right, n }) => (
          <circle
            key={sure}
            className="reliability-point"
            cx={sure * SIDE}
            cy={(1 - right) * SIDE}
            r={RADIUS_MIN + Math.log10(n) * 1.5}
          />
        ))}
        {TICKS.map((at) => (
          <g key={at}>
            <text x={at * SIDE} y={SIDE + 14} textAnchor="middle">
              {texts.model.tick(at)}
            </text>
            <text x={-5} y={(1 - at) * SIDE + 4} textAnchor="end">
              {texts.model.tick(at)}
            </text>
          </g>
        ))}
        <text x={5} y={12}>
          {texts.model.right}
        </text>
        <text x={SIDE / 2} y={SIDE + 30} textAnchor="middle">
          {texts.model.sure}
        </text>
      </svg>
      <figcaption className="model-note">{texts.model.reliabilityCaption}</figcaption>
      <details className="model-details">
        <summary>{texts.model.asTable}</summary>
        <table className="model-table">
          <caption className="visually-hidden">{texts.model.reliability}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.model.sure}</th>
              <th scope="col">{texts.model.right}</th>
              <th scope="col">{texts.model.pictures}</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ sure, right, n }) => (
              <tr key={sure}>
                <td>{texts.percent(sure)}</td>
                <td>{texts.model.share(right)}</td>
                <td>{texts.count(n)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
