/** A TIFF of one strip, uncompressed: grey or RGB samples of any depth, as they stand in the file. */
export function encodeTiff(options: {
  width: number;
  height: number;
  samples: Uint8Array;
  bits?: number;
  channels?: 1 | 3;
  /** 1 unsigned, 2 signed, 3 floating point. */
  sampleFormat?: 1 | 2 | 3;
  orientation?: number;
  endian?: 'II' | 'MM';
}): Buffer {
  const {
    width,
    height,
    samples,
    bits = 8,
    channels = 1,
    sampleFormat = 1,
    orientation = 1,
    endian = 'II',
  } = options;
  const isLittle = endian === 'II';
  const short = (bytes: Buffer, value: number, at: number) =>
    isLittle ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at);
  const long = (bytes: Buffer, value: number, at: number) =>
    isLittle ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  const tags: [tag: number, value: number][] = [
    [256, width],
    [257, height],
    [258, bits],
    [259, 1],
    [262, channels === 3 ? 2 : 1],
    [273, 0],
    [274, orientation],
    [277, channels],
    [278, height],
    [279, samples.length],
    [339, sampleFormat],
  ];
  const head = Buffer.alloc(8 + 2 + tags.length * 12 + 4);
  // The bits and formats of several samples stand behind the directory.
  const lists = Buffer.alloc(channels === 3 ? 12 : 0);
  for (let i = 0; i < lists.length / 4; i++) {
    short(lists, bits, 2 * i);
    short(lists, sampleFormat, 6 + 2 * i);
  }
  head.write(endian);
  short(head, 42, 2);
  long(head, 8, 4);
  short(head, tags.length, 8);
  for (const [i, [tag, value]] of tags.entries()) {
    const at = 10 + 12 * i;
    const isShort = [258, 259, 262, 274, 277, 339].includes(tag);
    const isList = lists.length > 0 && (tag === 258 || tag === 339);
    short(head, tag, at);
    short(head, isShort ? 3 : 4, at + 2);
    long(head, isList ? 3 : 1, at + 4);
    if (isList) long(head, head.length + (tag === 258 ? 0 : 6), at + 8);
    else if (isShort) short(head, value, at + 8);
    else long(head, tag === 273 ? head.length + lists.length : value, at + 8);
  }
  return Buffer.concat([head, lists, samples]);
}
