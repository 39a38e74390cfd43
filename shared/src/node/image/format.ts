/** Formats that the worker decodes. No decoder ever gets SVG, PDF, HEIC and the rest. */
export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'tiff' | 'avif' | 'bmp';

/** For people: what they may send. */
export const FORMAT_NAMES = 'PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP';

const AVIF_BRANDS = new Set(['avif', 'avis']);
/** Sizes of the header that follows a BMP's file header. */
const BMP_HEADERS = new Set([12, 16, 40, 52, 56, 64, 108, 124]);
/** A text is looked through so far for what it is. */
const TEXT_BYTES = 4_096;
/** Readers of PDF look for its beginning so far. */
const PDF_BYTES = 1_024;

/** The format by content alone; null where the worker does not decode it. */
export function detectFormat(bytes: Uint8Array): ImageFormat | null {
  const starts = (text: string, at = 0) => hasText(bytes, text, at);
  if (starts('\x89PNG\r\n\x1a\n') && !starts('CgBI', 12)) return 'png';
  if (starts('\xff\xd8\xff')) return 'jpeg';
  if (starts('RIFF') && starts('WEBP', 8)) return 'webp';
  if (starts('GIF87a') || starts('GIF89a')) return 'gif';
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].some((mark) => starts(mark))) return 'tiff';
  if (starts('ftyp', 4) && brands(bytes).some((brand) => AVIF_BRANDS.has(brand))) return 'avif';
  if (starts('BM') && bytes.length > 18 && BMP_HEADERS.has(bytes[14]!) && starts('\0\0\0', 15)) return 'bmp';
  return null;
}

/** Other kinds of file that people send, by how they begin: name, bytes, and where those stand. */
const SIGNATURES: readonly (readonly [name: string, start: string, at?: number])[] = [
  ['a PNG for iPhone apps (CgBI)', 'CgBI', 12],
  ['a Photoshop picture (PSD)', '8BPS'],
  ['a PostScript document', '%!PS'],
  ['a JPEG XL picture', '\xff\x0a'],
  ['a JPEG XL picture', '\0\0\0\x0cJXL '],
  ['a JPEG 2000 picture', '\0\0\0\x0cjP  '],
  ['a JPEG 2000 picture', '\xff\x4f\xff\x51'],
  ['an icon (ICO)', '\0\0\x01\0'],
  ['a cursor (CUR)', '\0\0\x02\0'],
  ['an icon (ICNS)', 'icns'],
  ...['P4', 'P5', 'P6', 'P7'].flatMap((start) =>
    ['\n', ' '].map((space) => ['a Netpbm picture', start + space] as const),
  ),
  ['an animation (MNG)', '\x8aMNG'],
  ['a JNG picture', '\x8bJNG'],
  ['a DirectDraw picture (DDS)', 'DDS '],
  ['a Radiance picture (HDR)', '#?RADIANCE'],
  ['a FITS picture', 'SIMPLE  ='],
  ['a DjVu document', 'AT&TFORM'],
  ['a Windows metafile (WMF)', '\xd7\xcd\xc6\x9a'],
  ['a Windows metafile (EMF)', ' EMF', 40],
  ['a BPG picture', 'BPG\xfb'],
  ['a raw photo', 'IIU\0'],
  ['a raw photo', 'IIRO'],
  ['a GIMP picture (XCF)', 'gimp xcf'],
  ['an OpenEXR picture', 'v/1\x01'],
  ['a QOI picture', 'qoif'],
  ['a DICOM picture', 'DICM', 128],
  ['a NumPy array', '\x93NUMPY'],
  ['a raw photo', 'FUJIFILMCCD-RAW'],
  ['gzip-compressed', '\x1f\x8b'],
  ['a ZIP archive or an Office document', 'PK\x03\x04'],
  ['a RAR archive', 'Rar!'],
  ['a 7-Zip archive', '7z\xbc\xaf'],
  ['bzip2-compressed', 'BZh'],
  ['xz-compressed', '\xfd7zXZ'],
  ['zstd-compressed', '\x28\xb5\x2f\xfd'],
  ['a tar archive', 'ustar', 257],
  ['an old Office document', '\xd0\xcf\x11\xe0'],
  ['an RTF document', '{\\rtf'],
  ['a video (AVI)', 'AVI ', 8],
  ['a video (Matroska or WebM)', '\x1aE\xdf\xa3'],
  ['a sound (WAV)', 'WAVE', 8],
  ['a sound (MP3)', 'ID3'],
  ['a sound (Ogg)', 'OggS'],
  ['a sound (FLAC)', 'fLaC'],
  ['a program', '\x7fELF'],
  ['a program', 'MZ'],
];

/** Characters that no text holds. */
const CONTROLS = ['\0', '\x01', '\x02', '\x03', '\x04', '\x05', '\x06', '\x08', '\x0e', '\x0f'];

/** What the bytes of a file in another format are, in words; null where that cannot be told. */
export function nameOf(bytes: Uint8Array): string | null {
  if (hasText(bytes, 'ftyp', 4)) {
    const found = brands(bytes);
    if (found.some((brand) => /^(hei|hev|mif1|msf1)/.test(brand))) return 'a HEIC picture';
    if (found[0] === 'crx ') return 'a raw photo';
    return found[0] === 'qt  ' ? 'a video (QuickTime)' : 'a video or a sound (MP4)';
  }
  const known = SIGNATURES.find(([, start, at]) => hasText(bytes, start, at));
  if (known) return known[0];
  if (Buffer.from(bytes.subarray(0, PDF_BYTES)).includes('%PDF-')) return 'a PDF document';
  return nameOfText(bytes);
}

function nameOfText(bytes: Uint8Array): string | null {
  const start = decodeText(bytes.subarray(0, TEXT_BYTES));
  if (start === null) return null;
  const text = start.trimStart();
  if (/^<(\w+:)?svg|^<(\?xml|!--|!DOCTYPE svg)[\s\S]*<(\w+:)?svg/i.test(text)) return 'an SVG drawing';
  if (/^<(!doctype html|html|head|body)/i.test(text)) return 'an HTML page';
  if (text.startsWith('<?xml')) return 'an XML document';
  if (/^data:[\w/+.-]*[;,]/.test(text)) return 'a data URL';
  if (/^[[{]\s*["[{\]}\d]/.test(text)) return 'JSON';
  // Long enough that no word is taken for it.
  if (/^[A-Za-z0-9+/_\r\n-]{64,}={0,2}\s*$/.test(text)) return 'base64 text';
  return text === '' ? null : 'a text';
}

/** Null for bytes that are not UTF-8 or UTF-16 text. */
function decodeText(bytes: Uint8Array): string | null {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  const encoding = mark === 0xff_fe ? 'utf-16le' : mark === 0xfe_ff ? 'utf-16be' : 'utf-8';
  try {
    // The last character may be cut.
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return CONTROLS.some((control) => text.includes(control)) ? null : text;
  } catch {
    return null;
  }
}

/** Why bytes that `detectFormat` does not know are not read, and what to do. */
export function unsupportedFormat(bytes: Uint8Array): string {
  const name = nameOf(bytes);
  if (name === 'a HEIC picture') {
    return 'The file is a HEIC picture, which is not supported. Save it as JPEG and send that. On an iPhone: Settings › Camera › Formats › Most Compatible.';
  }
  if (!name) return `The file is not a ${FORMAT_NAMES} picture, whatever its name says. Send one of these.`;
  return `The file is ${name}, which is not supported, whatever its name says. Send a ${FORMAT_NAMES} picture.`;
}

function hasText(bytes: Uint8Array, text: string, at = 0): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Major and compatible brands of an ISO media file. HEIC shares AVIF's container but names no AVIF brand. */
function brands(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // A box of length 0 goes to the end of the file.
  const end = Math.min(view.getUint32(0) || bytes.length, bytes.length, 256);
  const found: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) {
    if (at !== 12) found.push(String.fromCharCode(...bytes.subarray(at, at + 4)));
  }
  return found;
}
