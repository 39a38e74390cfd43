import type { Random } from '../random.ts';
import { edge, type Mutation, shuffleParts, write } from './mutation.ts';
import { exifOf, iccOf } from './png-extras.ts';

/** A segment with what follows it: of a scan, its entropy-coded data. */
interface Segment {
  marker: number;
  data: Buffer;
  rest: Buffer;
}

const SOS = 0xda;
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function parse(bytes: Buffer): Segment[] {
  const segments: Segment[] = [];
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const length = bytes.readUInt16BE(at + 2);
    const end = at + 2 + length;
    let next = end;
    // Entropy-coded data goes on over stuffed zeros and restarts.
    while (
      bytes[at + 1] === SOS &&
      next + 1 < bytes.length &&
      !(bytes[next] === 0xff && isMarker(bytes[next + 1]))
    )
      next++;
    segments.push({
      marker: bytes[at + 1] ?? 0,
      data: Buffer.from(bytes.subarray(at + 4, end)),
      rest: bytes.subarray(end, next),
    });
    at = next;
  }
  return segments;
}

const isMarker = (byte = 0) => byte !== 0 && !(byte >= 0xd0 && byte <= 0xd7);

function build(segments: readonly Segment[]): Buffer {
  const parts = segments.flatMap(({ marker, data, rest }) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(Math.min(65_535, data.length + 2), 2);
    return [head, data, rest];
  });
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...parts, Buffer.from([0xff, 0xd9])]);
}

const onSegments =
  (change: (segments: Segment[], random: Random) => Segment[]): Mutation =>
  (bytes, random) => {
    const segments = parse(bytes);
    return segments.length > 0 ? build(change(segments, random)) : bytes;
  };

/** Changes the contents of one of the segments that fit. */
const onData = (fits: (marker: number) => boolean, change: (data: Buffer, random: Random) => void) =>
  onSegments((segments, random) => {
    const found = segments.filter(({ marker, data }) => fits(marker) && data.length > 0);
    if (found.length > 0) change(random.pick(found).data, random);
    return segments;
  });

const editByte = (data: Buffer, random: Random) =>
  write(data, random.below(data.length), { value: edge(random), size: 1, little: false });

const insertFirst = (make: (random: Random) => { marker: number; data: Buffer }) =>
  onSegments((segments, random) => [{ ...make(random), rest: Buffer.alloc(0) }, ...segments]);

export const JPEG_MUTATIONS: Readonly<Record<string, Mutation>> = {
  'jpeg-size': onData(isFrame, (data, random) =>
    write(data, random.pick([1, 3]), { value: edge(random, 90), size: 2, little: false }),
  ),
  'jpeg-frame': onData(isFrame, editByte),
  'jpeg-frame-kind': onSegments((segments, random) =>
    segments.map((segment) =>
      isFrame(segment.marker)
        ? { ...segment, marker: random.pick([0xc0, 0xc1, 0xc2, 0xc3, 0xc9, 0xca]) }
        : segment,
    ),
  ),
  'jpeg-scan': onData((marker) => marker === SOS, editByte),
  'jpeg-tables': onData((marker) => marker === 0xc4 || marker === 0xdb, editByte),
  'jpeg-order': onSegments(shuffleParts),
  'jpeg-scans': onSegments((segments, random) => {
    const scan = segments.findLast(({ marker }) => marker === SOS);
    return scan ? [...segments, ...Array<Segment>(random.pick([1, 30, 400])).fill(scan)] : segments;
  }),
  'jpeg-coded': onSegments((segments, random) => {
    const scan = random.pick(segments.filter(({ rest }) => rest.length > 0));
    if (!scan) return segments;
    const rest = Buffer.from(scan.rest);
    for (let i = random.between(1, 5); i > 0; i--) rest[random.below(rest.length)] = random.below(256);
    scan.rest = random.chance(0.5) ? rest : rest.subarray(0, random.below(rest.length));
    return segments;
  }),
  'jpeg-exif': insertFirst((random) => ({
    marker: 0xe1,
    data: Buffer.concat([Buffer.from('Exif\0\0'), exifOf(random)]),
  })),
  'jpeg-icc': insertFirst((random) => ({
    marker: 0xe2,
    data: Buffer.concat([Buffer.from('ICC_PROFILE\0'), random.bytes(2), iccOf(random)]),
  })),
  'jpeg-adobe': insertFirst((random) => ({
    marker: 0xee,
    data: Buffer.concat([Buffer.from('Adobe\0d'), random.bytes(4), Buffer.from([random.below(4)])]),
  })),
  'jpeg-restart': insertFirst((random) => ({ marker: 0xdd, data: random.bytes(2) })),
  'jpeg-comment': insertFirst((random) => ({
    marker: 0xfe,
    data: Buffer.alloc(random.pick([0, 9, 65_533])),
  })),
};
