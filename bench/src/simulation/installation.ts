import { JOB_PICTURES_MAX } from '@inkqueue/shared/contracts/job';
import type { Clock } from './clock.ts';
import type { Cores } from './cores.ts';
import type { ImageCosts, JobCost, SharedCosts } from './costs.ts';
import { createProcess } from './process.ts';

/** Jobs that an api writes at once: pictures that come in that time share the next ones (gathering.ts). */
const WRITES_MAX = 2;
/** Jobs that a worker holds at once (CONCURRENCY). */
const JOBS_PER_WORKER = 2;
/**
 * How Redis's cost of a job falls on its commands: to store the bytes, to add the job, and all that its end takes, with its fetching and the
 * events. The measurement has the sum alone.
 */
const STORE = 0.25;
const ADD = 0.25;
const END = 0.5;
/** How an api's cost falls on taking pictures in and on answering. */
const IN = 0.5;
const OUT = 0.5;

export interface Processes {
  apis: number;
  workers: number;
}

interface Job {
  api: number;
  /** What to call with each of its pictures' ends. */
  pictures: (() => void)[];
}

const costOf = ({ perJobUs, perPictureUs }: JobCost, pictures: number) => perJobUs + pictures * perPictureUs;

/** Apis, one Redis and workers, each of one thread: client → api → Redis → worker → Redis → api → client. */
export function createInstallation(options: {
  clock: Clock;
  cores: Cores;
  processes: Processes;
  costs: Pick<ImageCosts, 'api' | 'worker' | 'redis'>;
  shared: SharedCosts;
}) {
  const { clock, cores, processes, costs, shared } = options;
  const { reader, wakingUs } = shared;
  const redis = createProcess(cores);
  const workers = Array.from({ length: processes.workers }, () => createProcess(cores));
  /** Places for jobs that are free; the one that has been free for longest is first. */
  const idle = Array.from({ length: JOBS_PER_WORKER }, () => workers).flat();
  const queued: Job[] = [];
  let jobs = 0;
  let picturesInJobs = 0;
  /** What reading all jobs so far cost an api that submitted none of them. */
  let readUs = 0;

  const apis = Array.from({ length: processes.apis }, (_, index) => createApi(index));

  function createApi(index: number) {
    let gathered: (() => void)[] = [];
    let writes = 0;
    /** Of `readUs`: what this api has done, or caused. */
    let doneUs = 0;
    let idleSince = 0;
    let isIdle = true;

    /** Events of others' jobs are read between tasks, and cost nothing that an idle api had the time for. */
    function eventsUs(): number {
      const idleUs = isIdle ? clock.now() - idleSince : 0;
      isIdle = false;
      const us = Math.max(0, readUs - doneUs - idleUs);
      doneUs = readUs;
      return us;
    }

    const process = createProcess(cores, {
      extraUs: eventsUs,
      onTurn() {
        writeJobs();
        isIdle = true;
        idleSince = clock.now();
      },
    });

    function writeJobs(): void {
      while (gathered.length > 0 && writes < WRITES_MAX) {
        const pictures = gathered.slice(0, JOB_PICTURES_MAX);
        gathered = gathered.slice(JOB_PICTURES_MAX);
        writes++;
        const job = { api: index, pictures };
        const redisUs = costOf(costs.redis, pictures.length);
        const half = (costs.api.perJobUs * IN) / 2;
        process.do(half, () => {
          redis.do(STORE * redisUs, () => {
            process.do(half, () => {
              redis.do(ADD * redisUs, () => {
                writes--;
                // The reply is a turn of the api: what was gathered meanwhile is written.
                process.do(0, () => {});
                queued.push(job);
                if (idle.length > 0) redis.do(wakingUs, takeJobs);
              });
            });
          });
        });
      }
    }

    return {
      process,
      submit(end: () => void): void {
        process.do(IN * costs.api.perPictureUs, () => gathered.push(end));
      },
      answer(pictures: readonly (() => void)[]): void {
        doneUs += costOf(reader.api, pictures.length);
        process.do(OUT * costs.api.perJobUs, () => {});
        for (const end of pictures) process.do(OUT * costs.api.perPictureUs, end);
      },
    };
  }

  function takeJobs(): void {
    while (queued.length > 0 && idle.length > 0) {
      const job = queued.shift()!;
      const worker = idle.shift()!;
      const count = job.pictures.length;
      worker.do(costOf(costs.worker, count), () => {
        const endUs = END * costOf(costs.redis, count) + (apis.length - 1) * costOf(reader.redis, count);
        redis.do(endUs, () => {
          jobs++;
          picturesInJobs += count;
          readUs += costOf(reader.api, count);
          idle.push(worker);
          apis[job.api]!.answer(job.pictures);
          takeJobs();
        });
      });
    }
  }

  return {
    /** A picture reaches an api; `end` is called when the client has its result. */
    submit: (api: number, end: () => void) => apis[api]!.submit(end),
    /** Since the start: core time in microseconds by process, jobs and their pictures. */
    used: () => ({
      api: apis.reduce((sum, { process }) => sum + process.busyUs(), 0),
      redis: redis.busyUs(),
      worker: workers.reduce((sum, process) => sum + process.busyUs(), 0),
      jobs,
      pictures: picturesInJobs,
    }),
  };
}
