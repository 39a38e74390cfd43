import type { NoticeCode } from '../state/page.ts';

/** What the page can do with what was dropped or pasted without a file. */
export type PictureSource = { file: File } | { address: string } | { notice: NoticeCode };

const DATA_ADDRESS = /^data:(image\/[\w.+-]+);base64,([\w+/=\s]+)$/i;
const ADDRESS = /^[a-z][\w+.-]*:\S+$/i;

/**
 * The picture that pasted or dragged text names: by the first picture of a page's part, else by an address. `html` and `text` as a
 * browser's clipboard has them.
 */
export function pictureSource({ html, text }: { html: string; text: string }): PictureSource {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const source = parsed.querySelector('img')?.getAttribute('src') ?? firstLine(text);
  return sourceOf(source.trim());
}

/** The same for an address alone. */
export function sourceOf(source: string): PictureSource {
  const [, type, base64] = DATA_ADDRESS.exec(source) ?? [];
  if (type !== undefined && base64 !== undefined) return { file: fileOf(type, base64) };
  if (!ADDRESS.test(source) || !URL.canParse(source)) return { notice: 'text' };
  const { protocol } = new URL(source);
  if (protocol === 'https:') return { address: source };
  return { notice: protocol === 'http:' ? 'http-address' : 'closed-address' };
}

/** A list of addresses has one a line, after comments. */
function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
}

function fileOf(type: string, base64: string): File {
  const bytes = Uint8Array.from(atob(base64.replaceAll(/\s/g, '')), (char) => char.charCodeAt(0));
  // Without a name: the page gives pasted pictures one of its own.
  return new File([bytes], '', { type });
}
