import type { Activity } from '@inkqueue/shared/contracts/activity';
import { texts } from '../texts/texts.ts';
import { Chart } from './chart.tsx';
import { barsPath, linePath, scaleEnd } from './chart-paths.ts';
import { figuresOf } from './figures.ts';

/** The points that fill a chart's width; while there are fewer, its left stays empty. */
const ROOM_POINTS = 60;

/** How many predictions ended in the last minutes, and how long each took. */
export function Charts({ activity }: { activity: Activity }) {
  const { rates, rateNow, succeeded, failed, latest } = figuresOf(activity);
  const room = Math.max(ROOM_POINTS, activity.points.length);
  const minutes = Math.round((room * activity.point_seconds) / 60);
  const frame = { points: activity.points.length, room, minutes };
  const [halves, most] = [
    activity.points.map(({ p50_ms }) => p50_ms),
    activity.points.map(({ p95_ms }) => p95_ms),
  ];
  const [rateEnd, timeEnd] = [scaleEnd(rates), scaleEnd(most)];
  const read = texts.activity.readInAll(succeeded, failed, minutes);
  return (
    <div className="charts">
      <Chart
        {...frame}
        title={texts.activity.throughput}
        words={`${texts.activity.rate(rateNow)} ${read}`}
        end={texts.activity.perSecond(rateEnd)}
        lines={[{ className: 'chart-bars', path: barsPath(rates, rateEnd) }]}
      >
        <strong>{texts.activity.rate(rateNow)}</strong> {read}
      </Chart>
      <Chart
        {...frame}
        title={texts.activity.latency}
        words={
          latest
            ? `${texts.activity.half(latest.p50_ms)}, ${texts.activity.most(latest.p95_ms)}`
            : texts.activity.noTimes
        }
        end={latest ? texts.duration(timeEnd) : ''}
        lines={[
          { className: 'chart-p95', path: linePath(most, timeEnd) },
          { className: 'chart-p50', path: linePath(halves, timeEnd) },
        ]}
      >
        {latest ? (
          <>
            <span className="chart-key" data-line="p50">
              {texts.activity.half(latest.p50_ms)}
            </span>{' '}
            <span className="chart-key" data-line="p95">
              {texts.activity.most(latest.p95_ms)}
            </span>
          </>
        ) : (
          texts.activity.noTimes
        )}
      </Chart>
    </div>
  );
}
