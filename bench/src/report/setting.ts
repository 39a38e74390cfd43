import { readFileSync } from 'node:fs';
import { describeMachine, firstLine } from '@inkqueue/scripts/machine';

/** The machine and the versions behind the figures, one line each. */
export function describeSetting(loadGenerator: string): string[] {
  const { cores, load, revision, redis, time } = describeMachine();
  return [
    cores,
    `Node.js ${process.versions.node}, ${redis}, ${firstLine('bench/.venv/bin/python', ['--version'])}`,
    `Peers: ${requirements('bench/peers/requirements.txt')}; MLServer apart: ${requirements('bench/peers/mlserver/requirements.txt')}`,
    `Load: ${loadGenerator}, on the same cores as all services`,
    `Load average before the start: ${load}`,
    `Revision ${revision}, ${time}`,
  ];
}

const requirements = (file: string) =>
  readFileSync(file, 'utf8')
    .match(/^\w.*$/gm)
    ?.join(', ');
