import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BEGIN = '<!-- drill: begin -->';
const END = '<!-- drill: end -->';

/** Replaces what stands between the markers of docs/reliability.md. */
export function publish(report: string): void {
  // From tests/dist/drill/drill/.
  const path = fileURLToPath(new URL('../../../../docs/reliability.md', import.meta.url));
  const text = readFileSync(path, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/reliability.md has no ${BEGIN} … ${END}`);
  writeFileSync(path, `${before}${BEGIN}\n\n${report}\n${END}${after}`);
}
