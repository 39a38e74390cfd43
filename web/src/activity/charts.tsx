import type { Activity } from '@inkqueue/shared/contracts/activity';
import { texts } from '../texts/texts.ts';
import { Chart } from './chart.tsx';
import { barsPath, linePath, scaleEnd } from './chart-paths.ts';
import { figuresOf } from './figures.ts';
import { flowOf } from './queue-figures.ts';

interface ActivityChartProps {
  activity: Activity;
  /** When the points begin, in words. */
  since: string;
}

/** How many predictions ended in the last minutes. */
export function ThroughputChart({ activity, since }: ActivityChartProps) {
  const { rates, rateNow, succeeded, failed } = figuresOf(activity);
  const end = scaleEnd(rates);
  const read = texts.activity.readInAll(succeeded, failed, minutesOf(activity));
  return (
    <Chart
      title={texts.activity.finished}
      words={`${texts.activity.rate(rateNow)} ${read}`}
      points={activity.points.length}
      since={since}
      end={texts.activity.perSecond(end)}
      lines={[{ className: 'chart-bars', path: barsPath(rates, end) }]}
    >
      <strong>{texts.activity.rate(rateNow)}</strong> {read}
    </Chart>
  );
}

/** How many minutes the points cover. */
export function minutesOf({ points, point_seconds }: Activity): number {
  return Math.round((points.length * point_seconds) / 60);
}

/** How long predictions took. */
export function LatencyChart({ activity, since }: ActivityChartProps) {
  const { latest } = figuresOf(activity);
  const { half, most, noTimes } = texts.activity;
  const [halves, mosts] = [
    activity.points.map(({ p50_ms }) => p50_ms),
    activity.points.map(({ p95_ms }) => p95_ms),
  ];
  const end = scaleEnd(mosts);
  return (
    <Chart
      title={texts.activity.latency}
      words={latest ? `${half(latest.p50_ms)}, ${most(latest.p95_ms)}` : noTimes}
      points={activity.points.length}
      since={since}
      end={latest ? texts.duration(end) : ''}
      lines={[
        { className: 'chart-p95', path: linePath(mosts, end) },
        { className: 'chart-p50', path: linePath(halves, end) },
      ]}
    >
      {latest ? (
        <>
          <span className="chart-key" data-line="p50">
            {half(latest.p50_ms)}
          </span>{' '}
          <span className="chart-key" data-line="p95">
            {most(latest.p95_ms)}
          </span>
        </>
      ) : (
        noTimes
      )}
    </Chart>
  );
}

/** What came in against what left. */
export function FlowChart({ activity, since }: ActivityChartProps) {
  const { arrivals, departures, came, went, canceled } = flowOf(activity);
  const end = scaleEnd([...arrivals, ...departures]);
  const bars = arrivals.map((rate) => rate ?? 0);
  return (
    <Chart
      title={texts.queue.flow}
      words={texts.queue.flowInWords(came, went, canceled)}
      points={activity.points.length}
      since={since}
      end={texts.activity.perSecond(end)}
      lines={[
        { className: 'chart-bars', path: barsPath(bars, end) },
        { className: 'chart-p95', path: linePath(departures, end) },
      ]}
    >
      <span className="chart-key" data-line="bars">
        {texts.queue.came(came)}
      </span>{' '}
      <span className="chart-key" data-line="p95">
        {texts.queue.went(went)}
      </span>{' '}
      {canceled > 0 && texts.queue.canceled(canceled)}
    </Chart>
  );
}
