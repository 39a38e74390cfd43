import { type Journey, spansOf } from './journey.ts';

// In units of the drawing, which is stretched to the width of its place.
const WIDTH = 1000;
const BAR = 16;
const LENS = 12;

/**
 * The journey as two bars: the whole way above, and below, under a lens, what the worker did. Each part is as long as it took. For
 * eyes alone: the numbers stand beside it. Empty, and as high, while there is no journey.
 */
export function JourneyPicture({ journey }: { journey: Journey | null }) {
  return (
    <svg
      className="journey-picture"
      viewBox={`0 0 ${WIDTH} ${2 * BAR + LENS}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {journey ? <Bars journey={journey} /> : <rect className="journey-track" width={WIDTH} height={BAR} />}
    </svg>
  );
}

function Bars({ journey: { parts, stages } }: { journey: Journey }) {
  const ways = spansOf(parts);
  const running = ways[parts.findIndex(({ name }) => name === 'running')]!;
  const [left, right] = [running.from * WIDTH, running.to * WIDTH];
  return (
    <>
      <path
        className="journey-lens"
        d={`M${left} ${BAR} L${right} ${BAR} L${WIDTH} ${BAR + LENS} L0 ${BAR + LENS} Z`}
      />
      <Bar parts={parts} spans={ways} top={0} />
      <Bar parts={stages} spans={spansOf(stages)} top={BAR + LENS} />
    </>
  );
}

function Bar(props: {
  parts: readonly { name: string }[];
  spans: readonly { from: number; to: number }[];
  top: number;
}) {
  return props.parts.map(({ name }, index) => {
    const { from, to } = props.spans[index]!;
    return (
      <rect
        key={name}
        className="journey-part"
        data-name={name}
        x={from * WIDTH}
        y={props.top}
        width={(to - from) * WIDTH}
        height={BAR}
      />
    );
  });
}
