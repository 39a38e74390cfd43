import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '@inkqueue/scripts/launch';

const STOP_TIMEOUT_MS = 5_000;

/** A configuration that deploy/proxy has. */
export const shipped = (name: string) =>
  readFileSync(new URL(`../../deploy/proxy/${name}`, import.meta.url), 'utf8');

/** Runs a proxy with its configuration in a temporary folder. @returns stops it */
export function runProxy(
  program: string,
  args: (dir: string) => string[],
  files: Record<string, string>,
): () => Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'inkqueue-proxy-'));
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(dir, name), text.replaceAll('$DIR', dir));
  const env = { ...process.env, HOME: dir };
  const proxy = launch({ name: program, program, args: args(dir), env });
  return async () => {
    await proxy.stop(STOP_TIMEOUT_MS);
    rmSync(dir, { recursive: true, force: true });
  };
}

/** Runs nginx with what stands in its http block. @returns stops it */
export function runNginx(http: string): () => Promise<void> {
  const whole = `daemon off; pid $DIR/pid; error_log $DIR/log; events {} http {
    access_log off; client_body_temp_path $DIR/body; proxy_temp_path $DIR/proxy; fastcgi_temp_path $DIR/f;
    uwsgi_temp_path $DIR/u; scgi_temp_path $DIR/s;\n${http}\n}`;
  return runProxy('nginx', (dir) => ['-c', join(dir, 'nginx.conf'), '-e', join(dir, 'log')], {
    'nginx.conf': whole,
  });
}
