import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from './files.ts';

const run = promisify(execFile);
const CHART = `${ROOT}deploy/helm/inkqueue`;
/** A helm that is built without a release's settings takes itself for one of an old Kubernetes. */
const KUBERNETES = ['--kube-version', '1.31.0'];

/** The helm of this machine: HELM, or the one on the PATH; null where there is none. */
function findHelm(): string | null {
  const program = process.env.HELM || 'helm';
  try {
    execFileSync(program, ['version'], { stdio: 'ignore' });
    return program;
  } catch {
    return null;
  }
}

export const helm = findHelm();

/** Why tests that need helm are skipped; empty where they run. */
export const skipped = helm
  ? ''
  : ' (skipped: no helm here; put it on the PATH, or its path into the variable HELM)';

/** @throws Error with helm's message, where it finds a fault */
export async function lint(): Promise<string> {
  return (await run(helm!, ['lint', '--strict', CHART])).stdout;
}

/**
 * The chart as it would be installed, as YAML.
 *
 * @throws Error with helm's message, where values are refused
 */
export async function render(...args: string[]): Promise<string> {
  return (await run(helm!, ['template', 'inkqueue', CHART, ...KUBERNETES, ...args])).stdout;
}
