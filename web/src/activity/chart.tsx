import { type ReactNode, useId } from 'react';
import { texts } from '../texts/texts.ts';
import { CHART_HEIGHT_UNITS } from './chart-paths.ts';

/** A small chart of the last time. `words` describe it for screen readers, `children` for everyone. */
export function Chart(props: {
  title: string;
  words: string;
  /** How many there are: the newest stands on the right. */
  points: number;
  /** When they begin, in words. */
  since: string;
  /** Where the scale ends, in words. */
  end: string;
  lines: readonly { className: string; path: string }[];
  children: ReactNode;
}) {
  const { points, lines } = props;
  const [title, description] = [useId(), useId()];
  return (
    <figure className="chart">
      <figcaption className="chart-title" aria-hidden="true">
        {props.title}
      </figcaption>
      <div className="chart-plot">
        <span className="chart-end" aria-hidden="true">
          {props.end}
        </span>
        <svg
          className="chart-drawing"
          viewBox={`0 0 ${points} ${CHART_HEIGHT_UNITS}`}
          preserveAspectRatio="none"
          role="img"
          aria-labelledby={title}
          aria-describedby={description}
        >
          <title id={title}>{props.title}</title>
          <desc id={description}>{props.words}</desc>
          {lines.map(({ className, path }) => (
            <path key={className} className={className} d={path} />
          ))}
        </svg>
      </div>
      <p className="chart-time" aria-hidden="true">
        <span>{props.since}</span>
        <span>{texts.activity.now}</span>
      </p>
      <p className="chart-words">{props.children}</p>
    </figure>
  );
}
