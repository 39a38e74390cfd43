import { crc32 } from 'node:zlib';

/** A PNG taken apart: what its pixels depend on, and nothing else. */
export interface PngFile {
  width: number;
  height: number;
  bitDepth: number;
  colourType: number;
  isInterlaced: boolean;
  /** The contents of the IDAT chunks, in their order: zlib data. The last one is short where the file was cut off. */
  data: Uint8Array[];
  /** How many of them, from the first, have the right checksum; the one that was cut off counts as right. */
  trusted: number;
  /** PLTE, tRNS, iCCP and eXIf, whole. */
  extras: Uint8Array[];
  /** Whether the file is these chunks in an order that every decoder takes, and no others. */
  isPlain: boolean;
}

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Length of the signature and the IHDR chunk. */
const HEADER_BYTES = 33;
/** A chunk's length, type and checksum. */
const FRAME_BYTES = 12;
/** No colour profile or EXIF that is worth it is larger; inflating or parsing a huge one takes seconds. */
const EXTRA_BYTES_MAX = 1_000_000;

const IHDR = 0x49_48_44_52;
const IDAT = 0x49_44_41_54;
const IEND = 0x49_45_4e_44;
const PLTE = 0x50_4c_54_45;
const TRNS = 0x74_52_4e_53;
const ICCP = 0x69_43_43_50;
const EXIF = 0x65_58_49_66;

/** Samples of a pixel by colour type: grey, RGB, palette, grey + alpha, RGB + alpha. */
export const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Takes a PNG apart. A file that ends early gives what is there. Chunks that no pixel depends on (text, times, animations)
 * are left out: a decoder would inflate and keep each of them, and a hundred that are a bomb each take it 16 seconds.
 *
 * @returns null where the header is damaged
 */
export function parsePng(bytes: Uint8Array): PngFile | null {
  if (bytes.length < HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(8) !== 13 || view.getUint32(12) !== IHDR || !hasChecksum(bytes, view, 8)) return null;
  const file: PngFile = {
    width: view.getUint32(16),
    height: view.getUint32(20),
    bitDepth: bytes[24],
    colourType: bytes[25],
    isInterlaced: bytes[28] === 1,
    data: [],
    trusted: 0,
    extras: [],
    isPlain: false,
  };
  if (file.width === 0 || file.height === 0 || SAMPLES[file.colourType] === undefined) return null;
  let others = 0;
  let at = HEADER_BYTES;
  for (let end = at; at + 8 <= bytes.length; at = end) {
    const length = view.getUint32(at);
    const type = view.getUint32(at + 4);
    end = at + FRAME_BYTES + length;
    if (type === IDAT) {
      // The checksum of a chunk that was cut off is missing, with some of its data.
      const isRight = end > bytes.length || hasChecksum(bytes, view, at);
      if (isRight && file.trusted === file.data.length) file.trusted++;
      file.data.push(bytes.subarray(at + 8, Math.min(end - 4, bytes.length)));
    } else if (type === IEND) {
      file.isPlain = others === 0 && end === bytes.length;
      return file;
    } else if (isExtra(type) && end <= bytes.length && length <= EXTRA_BYTES_MAX) {
      // EXIF that comes after the pixels is found by no decoder.
      if (file.data.length > 0) others++;
      if (hasChecksum(bytes, view, at)) file.extras.push(bytes.subarray(at, end));
      else others++;
    } else {
      others++;
    }
  }
  return file;
}

/** Puts a PNG together: as it was taken apart, or with other `data`, and other dimensions. */
export function buildPng(file: Omit<PngFile, 'trusted' | 'isPlain'>): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(file.width, 0);
  header.writeUInt32BE(file.height, 4);
  header[8] = file.bitDepth;
  header[9] = file.colourType;
  header[12] = file.isInterlaced ? 1 : 0;
  return Buffer.concat([
    SIGNATURE,
    ...chunk(IHDR, header),
    ...file.extras,
    ...file.data.flatMap((data) => chunk(IDAT, data)),
    ...chunk(IEND, new Uint8Array()),
  ]);
}

function isExtra(type: number): boolean {
  return type === PLTE || type === TRNS || type === ICCP || type === EXIF;
}

/** Whether the chunk at `at`, which lies in the file whole, has the right checksum. */
function hasChecksum(bytes: Uint8Array, view: DataView, at: number): boolean {
  const end = at + 8 + view.getUint32(at);
  return crc32(bytes.subarray(at + 4, end)) === view.getUint32(end);
}

function chunk(type: number, data: Uint8Array): Uint8Array[] {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.writeUInt32BE(type, 4);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(data, crc32(head.subarray(4))), 0);
  return [head, data, tail];
}
