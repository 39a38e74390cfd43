import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { runNode, say } from './step.mjs';

/**
 * @typedef {{ name: string, inputs: string[], outputs: string[], run: (root: string) => Promise<void> }} Target
 */

const CONFIGURATION = ['package.json', 'package-lock.json', 'tsconfig.base.json'];
const COMPILED = ['shared', 'scripts', 'api', 'worker', 'models'];

/** In the order in which they are built: the page imports compiled contracts. @type {Target[]} */
const targets = [
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
    run: (root) => runNode('tsc', root, ['node_modules/typescript/bin/tsc', '-b', ...COMPILED]),
  },
  {
    name: 'the page',
    inputs: [...CONFIGURATION, 'web', 'shared/package.json', 'shared/src/contracts'],
    outputs: ['web/dist/index.html'],
    run: (root) =>
      runNode(
        'vite build',
        join(root, 'web'),
        [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel=error'],
        {
          NODE_ENV: 'production',
        },
      ),
  },
];

/**
 * Targets whose inputs changed since they were last built, or whose outputs are missing.
 *
 * @param {string} root
 * @returns {Target[]}
 */
export function staleTargets(root) {
  return targets.filter(
    (target) =>
      !target.outputs.every((path) => existsSync(join(root, path))) ||
      readStamp(root, target) !== fingerprint(root, target.inputs),
  );
}

/** @param {string} root */
export async function build(root) {
  for (const target of staleTargets(root)) {
    say(`Building ${target.name}`);
    // Taken before the build: what is edited meanwhile is stale again.
    const inputs = fingerprint(root, target.inputs);
    await target.run(root);
    const path = stampPath(root, target);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, inputs);
  }
}

/** @param {string} root @param {Target} target */
function stampPath(root, target) {
  return join(root, '.cache/build', target.name.replaceAll(' ', '-'));
}

/** @param {string} root @param {Target} target */
function readStamp(root, target) {
  const path = stampPath(root, target);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
