import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { edge } from '../mutate/mutation.ts';
import { type Twist, withBody, withHeader } from './shot.ts';

/** Zeros that decode to more than a picture may have, made once. */
const BOMB = { bytes: 60_000_000, made: null as Buffer | null };
function bomb(): Buffer {
  BOMB.made ??= gzipSync(Buffer.alloc(BOMB.bytes));
  return BOMB.made;
}

const encoded =
  (name: string, encode: (body: Buffer) => Buffer): Twist =>
  (shot) =>
    withHeader(withBody(shot, encode(shot.body)), 'Content-Encoding', name);

const header =
  (name: string, values: readonly string[]): Twist =>
  (shot, random) =>
    withHeader(shot, name, random.pick(values));

const broken =
  (twist: Twist): Twist =>
  (shot, random) => ({ ...twist(shot, random), isBroken: true });

/** What happens to requests of every kind. */
export const TWISTS: Readonly<Record<string, Twist>> = {
  gzip: encoded('gzip', (body) => gzipSync(body, { level: 1 })),
  'x-gzip': encoded('x-gzip', (body) => gzipSync(body, { level: 1 })),
  deflate: encoded('deflate', (body) => deflateSync(body, { level: 1 })),
  'deflate-raw': encoded('deflate', (body) => deflateRawSync(body, { level: 1 })),
  br: encoded('br', (body) => brotliCompressSync(body.subarray(0, 100_000))),
  'gzip-twice': encoded('gzip', (body) => gzipSync(gzipSync(body, { level: 1 }))),
  'gzip-rest': encoded('gzip', (body) => Buffer.concat([gzipSync(body, { level: 1 }), Buffer.alloc(100, 7)])),
  'gzip-cut': (shot, random) => {
    const whole = gzipSync(shot.body, { level: 1 });
    return withHeader(
      withBody(shot, whole.subarray(0, random.below(whole.length))),
      'Content-Encoding',
      'gzip',
    );
  },
  'gzip-bomb': encoded('gzip', bomb),
  'not-encoded': header('Content-Encoding', ['gzip', 'br', 'deflate']),
  'other-encoding': header('Content-Encoding', [
    'zstd',
    'gzip, br',
    'identity',
    '',
    'GZIP',
    'a'.repeat(3_000),
    '__proto__',
  ]),
  'other-type': header('Content-Type', [
    ...[
      'application/octet-stream',
      'image/png',
      'image/svg+xml',
      'text/html',
      'application/json',
      'multipart/mixed',
    ],
    ...['multipart/form-data', '*/*', ';', 'image/', 'a'.repeat(5_000), 'application/x-www-form-urlencoded'],
  ]),
  chunked: (shot) => ({ ...shot, isChunked: true }),
  longer: (shot, random) =>
    withHeader(shot, 'Content-Length', String(shot.body.length + random.pick([1, 10, 50_000_000]))),
  shorter: broken((shot, random) =>
    withHeader(shot, 'Content-Length', String(random.below(shot.body.length + 1))),
  ),
  'odd-length': broken(
    header('Content-Length', ['-1', '1e3', '0x10', '99999999999999999999', '5, 5', ' ', '+5']),
  ),
  'two-lengths': broken((shot) => withHeader({ ...shot, isChunked: true }, 'Content-Length', '5')),
  'odd-framing': broken(header('Transfer-Encoding', ['gzip', 'chunked, chunked', 'identity', 'chunked;q=1'])),
  'breaks-off': (shot) => ({ ...shot, breaksOff: true }),
  flips: (shot, random) => {
    const body = Buffer.from(shot.body);
    const end = Math.min(body.length, random.chance(0.5) ? 300 : body.length);
    for (let i = random.between(1, 6); i > 0 && end > 0; i--) body[random.below(end)] = random.below(256);
    return { ...shot, body };
  },
  'cut-body': (shot, random) => withBody(shot, shot.body.subarray(0, random.below(shot.body.length + 1))),
  prefer: header('Prefer', [
    'wait=0',
    'wait=5',
    'wait=-1',
    'wait=1e9',
    'respond-async',
    'wait=5, wait=6',
    '='.repeat(3_000),
    '"',
  ]),
  key: (shot, random) =>
    withHeader(
      shot,
      'Idempotency-Key',
      random.pick([`"k${edge(random) % 40}"`, '', '"', 'a'.repeat(300), '""', '\\', 'k1']),
    ),
  'cancel-after': header('Cancel-After', ['-1s', 'soon', '1e3', '99999h', '', '2h']),
  'on-disconnect': header('Cancel-On-Disconnect', ['false', '?0', 'maybe', '']),
  accept: header('Accept', ['text/event-stream', 'text/csv', '*/*;q=0', 'a'.repeat(2_000)]),
  'expect-continue': header('Expect', ['100-continue', '200-ok']),
  'many-headers': (shot, random) => {
    const more = Array.from({ length: random.pick([50, 1_500]) }, (_, i) => [`X-${i}`, 'a'] as const);
    return { ...shot, headers: { ...shot.headers, ...Object.fromEntries(more) } };
  },
  query: (shot, random) => {
    const queries = [
      ...[
        'preview=true',
        'explain=true',
        'expect=many',
        'expect=one',
        'priority=low',
        'preview=%ff',
        'expect=x',
        'preview=true&preview=true',
      ],
      ...[
        '%',
        '__proto__=1',
        'a'.repeat(9_000),
        'expect[]=one',
        '?&&=',
        'preview=1&priority=low&expect=auto',
      ],
    ];
    return { ...shot, path: `${shot.path}?${random.pick(queries)}` };
  },
};
