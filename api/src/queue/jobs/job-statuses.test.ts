import { beforeEach, expect, test } from 'vitest';
import { createIds } from '../ids.ts';
import { type PredictionState, QUEUED } from '../state.ts';
import { createJobStatuses } from './job-statuses.ts';

const ids = createIds(Buffer.alloc(32));
const [ended, waiting] = [ids.newJob(), ids.newJob()];
const failed = (): PredictionState => ({
  status: 'failed',
  startedAt: null,
  finishedAt: 1,
  error: { code: 'internal', detail: '', retryable: true },
});
const wanted = [
  ids.at({ jobId: ended, index: 0 }),
  ids.at({ jobId: ended, index: 1 }),
  ids.at({ jobId: waiting, index: 0 }),
];

let read: string[];
let mark: string | null;
let states: (PredictionState | null)[] | null;
let statuses: ReturnType<typeof createJobStatuses>;
beforeEach(() => {
  read = [];
  mark = '1000 0';
  states = [failed(), null];
  statuses = createJobStatuses({
    records: {
      endMark: async (jobId) => (jobId === ended ? mark : null),
      async job(jobId) {
        read.push(jobId);
        return jobId === ended ? states : [QUEUED];
      },
    },
  });
});

test('the results of a job that has ended are read once, those of others each time', async () => {
  expect(await statuses.of(wanted)).toEqual(['failed', null, 'queued']);
  expect(await statuses.of(wanted)).toEqual(['failed', null, 'queued']);
  expect(read).toEqual([ended, waiting, waiting]);
});

test('a job that begins anew, of which something is deleted, or which is dropped, is read again', async () => {
  await statuses.of(wanted);
  mark = null;
  states = [QUEUED, null];
  expect(await statuses.of(wanted)).toEqual(['queued', null, 'queued']);
  mark = '1000 1';
  states = [null, null];
  expect(await statuses.of(wanted)).toEqual([null, null, 'queued']);
  mark = null;
  states = null;
  expect(await statuses.of(wanted)).toEqual([null, null, 'queued']);
});
