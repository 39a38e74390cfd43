import type { WorkerPresence } from '@inkqueue/shared/node/presence';
import type { Operations } from '../queue/operations.ts';

/** What an operator sees of the queue, as lines. @param now Unix milliseconds */
export function describeStatus(
  queue: Awaited<ReturnType<Operations['look']>>,
  { workers, now }: { workers: readonly WorkerPresence[]; now: number },
): string {
  const { count, bytes, jobs, oldestAt, isPaused, isDrained, deliveries } = queue;
  const { waiting = 0, prioritized = 0, delayed = 0, active = 0, failed = 0, completed = 0 } = jobs;
  const age = oldestAt === null ? 'nothing waits' : `the oldest waits for ${seconds(now - oldestAt)}`;
  const { overdueMs } = deliveries;
  const late = overdueMs < 1_000 ? '' : `; the oldest is overdue by ${seconds(overdueMs)}`;
  const rows = [
    ['taken in', isDrained ? 'no: drained, until resume' : 'yes'],
    ['read', isPaused ? 'no: paused, until resume' : workers.length > 0 ? 'yes' : 'no: no worker is ready'],
    ['predictions', `${count} wait or run, ${(bytes / 1e6).toFixed(1)} MB; ${age}`],
    [
      'jobs',
      `${waiting + prioritized} wait, ${delayed} wait for another try, ${active} run; ${completed} done, ${failed} failed or canceled are kept`,
    ],
    ['webhooks', `${deliveries.pending} to be delivered${late}`],
    ['workers', `${workers.length} ready`],
    ...workers.map(({ id, host, pid, started_at, model, running, finished }) => [
      '',
      `${id.slice(0, 8)}  ${host}:${pid}  ${model.name} ${model.version}  since ${started_at}  ${running} run, ${finished} finished`,
    ]),
  ];
  return rows.map(([name = '', text]) => `${name.padEnd(12)} ${text}`).join('\n');
}

function seconds(milliseconds: number): string {
  const whole = Math.max(0, Math.round(milliseconds / 1_000));
  return whole < 120 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}
