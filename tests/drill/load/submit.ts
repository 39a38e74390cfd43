import { prediction } from '@inkqueue/shared/contracts/prediction';
import { form } from '../../integration/client.ts';
import type { Spans, State } from '../ledger.ts';
import type { Picture } from '../pictures.ts';
import { predictedState, stateOf } from '../states.ts';
import type { Load } from './way.ts';

/** How a picture goes into a request's body. */
const BODIES = {
  form: ({ bytes }: Picture): RequestInit => ({ body: form(bytes) }),
  raw: ({ bytes }: Picture): RequestInit => ({
    body: new Uint8Array(bytes),
    headers: { 'content-type': 'image/png' },
  }),
  text: ({ bytes }: Picture): RequestInit => ({
    body: JSON.stringify({ image: bytes.toString('base64') }),
    headers: { 'content-type': 'application/json' },
  }),
} as const;
export type Body = keyof typeof BODIES;

/** A POST of one picture. */
export function upload(picture: Picture, body: Body, headers: Record<string, string> = {}): RequestInit {
  const init = BODIES[body](picture);
  return { method: 'POST', ...init, headers: { ...init.headers, ...headers } };
}

/**
 * Submits a picture until it is accepted, and notes it.
 *
 * @returns its id; null when no request was accepted. `isEnded` where the response had the end
 */
export async function submit(
  load: Load,
  options: {
    way: string;
    path: string;
    picture: Picture;
    init: () => RequestInit;
    allowed?: readonly State[];
  },
): Promise<{ id: string; isEnded: boolean } | null> {
  const { client, ledger } = load;
  const { way, path, picture, init, allowed = [picture.state] } = options;
  let beganAt = performance.now();
  const isKeyed = new Headers(init().headers).has('idempotency-key');
  const reply = await client.send(path, () => {
    // Without a key a repeat is another prediction.
    if (!isKeyed) beganAt = performance.now();
    return init();
  });
  if (!reply) return null;
  const { status, text } = reply;
  const ended = (id: string, state: State | null) => {
    ledger.accept({ id, way, beganAt, allowed });
    if (state) ledger.observe(id, way, state);
    return { id, isEnded: state !== null };
  };
  if (status === 202 || (status === 200 && path.startsWith('/predictions'))) {
    const accepted = prediction.parse(JSON.parse(text));
    return ended(accepted.id, stateOf(accepted));
  }
  const end = predictedState(status, JSON.parse(text));
  if ('id' in end) return ended(end.id, end.state);
  const { code, detail } = end.problem;
  // It was accepted, and gone before its end: the response has no other way to say so.
  if (code === 'prediction-expired' && isTaken(ledger.spans, beganAt)) return null;
  // The api looks at a file before it takes it.
  if (allowed.includes(`failed ${code}`)) return null;
  ledger.offences.push(`${way}: ${picture.name} was refused with ${status} ${code}: ${detail}`);
  return null;
}

/** Whether Redis lost something since then. */
export function isTaken({ emptied, cut }: Spans, since: number): boolean {
  return [...emptied, ...cut].some(({ to }) => since <= to);
}
