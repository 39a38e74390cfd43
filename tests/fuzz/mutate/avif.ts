import type { Random } from '../random.ts';
import { edge, type Mutation, write } from './mutation.ts';

interface Box {
  at: number;
  size: number;
  type: string;
}

/** Boxes that hold boxes, and the bytes of theirs before those. */
const CONTAINERS: Readonly<Record<string, number>> = { meta: 12, iprp: 8, ipco: 8, iinf: 14, iref: 12 };

function parse(bytes: Buffer, from = 0, to = bytes.length): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to; ) {
    const size = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (size < 8 || at + size > to) break;
    boxes.push({ at, size, type });
    const inside = CONTAINERS[type];
    if (inside !== undefined) boxes.push(...parse(bytes, at + inside, at + size));
    at += size;
  }
  return boxes;
}

const onBox =
  (fits: (box: Box) => boolean, change: (bytes: Buffer, box: Box, random: Random) => void): Mutation =>
  (bytes, random) => {
    const boxes = parse(bytes).filter(fits);
    if (boxes.length > 0) change(bytes, random.pick(boxes), random);
    return bytes;
  };

const any = () => true;
const is =
  (...types: string[]) =>
  ({ type }: Box) =>
    types.includes(type);

const editByte = (bytes: Buffer, { at, size }: Box, random: Random) =>
  write(bytes, at + 8 + random.below(size - 8), { value: edge(random), size: 1, little: false });

export const AVIF_MUTATIONS: Readonly<Record<string, Mutation>> = {
  'avif-size': onBox(is('ispe'), (bytes, { at }, random) =>
    write(bytes, at + random.pick([12, 16]), { value: edge(random, 90), size: 4, little: false }),
  ),
  'avif-box-length': onBox(any, (bytes, { at, size }, random) =>
    write(bytes, at, { value: edge(random, size), size: 4, little: false }),
  ),
  'avif-box-type': onBox(any, (bytes, { at }, random) => {
    bytes.write(
      random.pick(['free', 'ispe', 'irot', 'imir', 'clap', 'colr', 'pixi', 'iloc', 'grid', 'av1C']),
      at + 4,
    );
  }),
  'avif-box': onBox(any, editByte),
  'avif-places': onBox(is('iloc', 'ipma', 'iref', 'infe', 'pitm'), editByte),
  'avif-codec': onBox(is('av1C', 'pixi', 'colr', 'auxC', 'irot', 'imir'), editByte),
  'avif-coded': onBox(is('mdat'), (bytes, { at, size }, random) => {
    for (let i = random.between(1, 5); i > 0; i--)
      bytes[at + 8 + random.below(Math.min(60, size - 8))] = random.below(256);
  }),
  'avif-brands': onBox(is('ftyp'), (bytes, { at, size }, random) => {
    bytes.write(
      random.pick(['avif', 'avis', 'mif1', 'heic', 'miaf']),
      at + 8 + 4 * random.below(size / 4 - 2),
    );
  }),
};
