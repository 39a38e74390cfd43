import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** Where Schemathesis is installed, and where it runs. */
export const HOME = fileURLToPath(new URL('../../.cache/schemathesis', import.meta.url));
const VENV = `${HOME}/venv`;
/** What is installed: a copy of its requirements. */
const INSTALLED = `${VENV}/requirements.txt`;

/**
 * Installs Schemathesis from PyPI into a virtual environment of its own, unless these versions are there.
 *
 * @returns the path of its program
 * @throws Error where Python can't make a virtual environment, or PyPI can't be reached
 */
export async function installSchemathesis(): Promise<string> {
  const program = `${VENV}/bin/st`;
  const requirements = await readFile(REQUIREMENTS, 'utf8');
  if ((await readFile(INSTALLED, 'utf8').catch(() => null)) === requirements) return program;
  await rm(VENV, { recursive: true, force: true });
  await mkdir(HOME, { recursive: true });
  await run('python3', ['-m', 'venv', VENV]).catch((error: unknown) => {
    throw new Error('Install Python 3.10 or later with venv (Debian, Ubuntu: python3-venv).', {
      cause: error,
    });
  });
  await run(`${VENV}/bin/pip`, ['install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]);
  await writeFile(INSTALLED, requirements);
  return program;
}
