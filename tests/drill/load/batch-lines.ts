import { z } from 'zod';
import { GONE, type State } from '../ledger.ts';

/** What a batch says of one of its predictions: null while it has not ended. */
export interface Line {
  id: string;
  state: State | null;
}

const ndjsonLine = z.object({
  id: z.string(),
  status: z.string(),
  text: z.string().nullable(),
  error: z.string().nullable(),
});

export function fromNdjson(text: string): Line[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => toLine(ndjsonLine.parse(JSON.parse(line))));
}

/** Texts of the drill's pictures have no line feeds, and its file names no commas. */
export function fromCsv(text: string): Line[] {
  const lines = text.split('\r\n').slice(1, -1);
  return lines.map((line) => {
    const [, id = '', status = '', , read = '', , , error = ''] = line.split(',');
    return toLine({ id, status, text: read, error });
  });
}

function toLine({ id, status, text, error }: z.infer<typeof ndjsonLine>): Line {
  if (status === 'expired') return { id, state: GONE };
  if (status === 'queued' || status === 'running') return { id, state: null };
  return { id, state: `${status} ${status === 'succeeded' ? text : error}` };
}
