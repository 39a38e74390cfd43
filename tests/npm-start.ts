import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Entry, readRecord } from '../scripts/src/processes/record.ts';

const RUN = fileURLToPath(new URL('../scripts/run.mjs', import.meta.url));

/** One `npm start` under test, and all that it has printed. */
export interface NpmStart {
  child: ChildProcess;
  output: () => string;
  errors: () => string;
  /** Resolves when standard output holds `text`; rejects when the command ends before. */
  says: (text: string) => Promise<void>;
  ended: Promise<number | null>;
  /** The processes it has noted as running. */
  processes: () => Entry[];
}

/** Runs what `npm start` runs, or another command, from another folder, with these settings alone in its environment. */
export function npmStart(
  settings: Record<string, string>,
  command: 'start' | 'feedback' = 'start',
): NpmStart {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [RUN, command], {
    cwd: '/',
    // An empty REDIS_URL keeps one in a developer's .env out.
    env: { PATH, HOME, REDIS_URL: '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    ended,
    output: () => output,
    errors: () => errors,
    async says(text) {
      const over = ended.then((code) => {
        throw new Error(`ended with ${code} before it said "${text}":\n${output}${errors}`);
      });
      over.catch(() => {});
      while (!output.includes(text)) await Promise.race([sleep(20), over]);
    },
    processes: () => readRecord(join(settings.DATA_DIR ?? '', 'processes.json')),
  };
}
