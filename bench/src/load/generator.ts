import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '@inkqueue/scripts/launch';
import { UserError } from '@inkqueue/shared/node/user-error';
import autocannon from 'autocannon';
import { z } from 'zod';
import type { Upload } from './multipart.ts';

/** What one run of the load generator measured. Latencies in milliseconds. */
export interface LoadResult {
  seconds: number;
  /** Responses below 400. */
  answered: number;
  /** Responses of 400 and above, broken connections, timeouts. */
  failed: number;
  p50: number;
  p99: number;
  max: number;
}

export interface LoadOptions {
  url: string;
  upload: Upload;
  connections: number;
  seconds: number;
}

/** Keeps `connections` requests in flight for a while. */
export interface LoadGenerator {
  title: string;
  run(options: LoadOptions): Promise<LoadResult>;
}

const RESPONSE_TIMEOUT_S = 60;

/** wrk where it is installed: its one thread of C disturbs the measurement least. Else autocannon, from npm. */
export function findLoadGenerator(): LoadGenerator {
  const { stdout } = spawnSync('wrk', ['-v'], { encoding: 'utf8' });
  const version = /^wrk (\S+)/.exec(stdout ?? '');
  return version ? createWrk(`wrk ${version[1]}, 1 thread`) : autocannonGenerator;
}

const wrkReportShape = z.object({
  requests: z.int(),
  microseconds: z.number(),
  refused: z.int(),
  broken: z.int(),
  timeouts: z.int(),
  p50: z.number(),
  p99: z.number(),
  max: z.number(),
});

function createWrk(title: string): LoadGenerator {
  const bodyFile = join(mkdtempSync(join(tmpdir(), 'inkqueue-bench-')), 'body');
  return {
    title,
    async run({ url, upload, connections, seconds }) {
      writeFileSync(bodyFile, upload.body);
      const wrk = launch({
        name: 'wrk',
        program: 'wrk',
        args: [
          ...[
            '-t',
            '1',
            '-c',
            String(connections),
            '-d',
            `${seconds}s`,
            '--timeout',
            `${RESPONSE_TIMEOUT_S}s`,
          ],
          ...['-s', 'bench/load.lua', url],
        ],
        env: { ...process.env, BENCH_BODY: bodyFile, BENCH_CONTENT_TYPE: upload.contentType },
      });
      await wrk.ended;
      return parseWrkReport(wrk.tail());
    },
  };
}

/** Parses the line of JSON that bench/load.lua prints last. */
export function parseWrkReport(lines: readonly string[]): LoadResult {
  const line = lines.findLast((text) => text.startsWith('{'));
  if (!line) throw new UserError(`wrk gave no report:\n${lines.join('\n')}`);
  const report = wrkReportShape.parse(JSON.parse(line));
  return {
    seconds: report.microseconds / 1e6,
    answered: report.requests - report.refused,
    failed: report.refused + report.broken + report.timeouts,
    p50: report.p50 / 1e3,
    p99: report.p99 / 1e3,
    max: report.max / 1e3,
  };
}

const autocannonGenerator: LoadGenerator = {
  title: 'autocannon (install wrk for a load generator that disturbs less)',
  async run({ url, upload, connections, seconds }) {
    const result = await autocannon({
      url,
      method: 'POST',
      headers: { 'content-type': upload.contentType },
      body: upload.body,
      connections,
      duration: seconds,
      timeout: RESPONSE_TIMEOUT_S,
    });
    return {
      seconds: result.duration,
      answered: result['2xx'],
      failed: result.non2xx + result.errors + result.timeouts,
      p50: result.latency.p50,
      p99: result.latency.p99,
      max: result.latency.max,
    };
  },
};
