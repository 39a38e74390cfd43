import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { runStep, say } from './step.mjs';

const CONFIGURATION = ['package.json', 'package-lock.json', 'tsconfig.base.json'];
const COMPILED = ['shared', 'scripts', 'api', 'worker', 'models'];

/** In the order in which they are built: the page imports compiled contracts. */
const TARGETS = [
  {
    name: 'TypeScript',
    inputs: [
      ...CONFIGURATION,
      ...COMPILED.flatMap((dir) => [`${dir}/tsconfig.json`, `${dir}/package.json`, `${dir}/src`]),
      'worker/tsconfig.pixels.json',
      'models/evaluation',
      'models/training/examples',
    ],
    outputs: [
      'shared/dist',
      'scripts/dist/start.js',
      'api/dist/main.js',
      'worker/dist/main.js',
      'models/dist/evaluation/evaluate.js',
    ],
    command: `tsc -b ${COMPILED.join(' ')}`,
    folder: '.',
  },
  {
    name: 'the page',
    inputs: [...CONFIGURATION, 'web', 'shared/package.json', 'shared/src/contracts'],
    outputs: ['web/dist/index.html'],
    command: 'vite build --logLevel=error',
    folder: 'web',
  },
];

/**
 * Targets whose inputs changed since they were last built, or whose outputs are missing, each with the fingerprint of its
 * inputs and the file that keeps the fingerprint of its last build.
 *
 * @param {string} root
 */
export function staleTargets(root) {
  return TARGETS.map((target) => ({
    ...target,
    current: fingerprint(root, target.inputs),
    stamp: join(root, '.cache/build', target.name.replaceAll(' ', '-')),
  })).filter(
    ({ outputs, current, stamp }) =>
      !outputs.every((path) => existsSync(join(root, path))) ||
      !existsSync(stamp) ||
      readFileSync(stamp, 'utf8') !== current,
  );
}

/** @param {string} root */
export async function build(root) {
  // The fingerprints are older than the build: a file that is edited during the build is stale again.
  for (const { name, command, folder, current, stamp } of staleTargets(root)) {
    say(`Building ${name}`);
    await runStep(root, command, folder);
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, current);
  }
}
