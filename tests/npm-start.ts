import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Entry, readDataDir } from '@inkqueue/scripts/data-dir';

const RUN = fileURLToPath(new URL('../scripts/run.mjs', import.meta.url));

/** One `npm start` under test, and all its output. */
export interface NpmStart {
  child: ChildProcess;
  output: () => string;
  errors: () => string;
  /** Resolves once standard output holds `text`; rejects when the command ends before. */
  prints: (text: string) => Promise<void>;
  ended: Promise<number | null>;
  /** The processes that it has noted as running. */
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
    // An empty REDIS_URL overrides the one of a developer's .env.
    env: { PATH, HOME, REDIS_URL: '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    ended,
    output: () => output,
    errors: () => errors,
    async prints(text) {
      const early = ended.then((code) => {
        throw new Error(`ended with ${code} before it printed "${text}":\n${output}${errors}`);
      });
      early.catch(() => {});
      while (!output.includes(text)) await Promise.race([delay(20), early]);
    },
    processes: () => readDataDir(settings.DATA_DIR ?? '').processes,
  };
}
