/** Where a data URL's payload begins, and whether it is base64. */
const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)?((?:;[\w.=+-]+)*?)(;base64)?,/i;

/** The fields in which programs send an image as text. */
const TEXT_FIELDS = ['image', 'file', 'data'];

/** The image of a parsed JSON body or of a form's text fields; null where none of the fields holds text. */
export function textOf(fields: unknown): string | null {
  if (typeof fields !== 'object' || fields === null) return null;
  for (const name of TEXT_FIELDS) {
    const value: unknown = (fields as Record<string, unknown>)[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return null;
}

/** The bytes of base64 text or of a data URL; null for any other text. */
export function decodeImageText(text: string): Buffer | null {
  const trimmed = text.trim();
  const url = DATA_URL.exec(trimmed);
  if (url && !url[3]) return Buffer.from(decodeURIComponentSafely(trimmed.slice(url[0].length)), 'latin1');
  const payload = (url ? trimmed.slice(url[0].length) : trimmed).replaceAll(/\s+/g, '');
  if (payload === '' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(payload)) return null;
  return Buffer.from(payload, payload.includes('-') || payload.includes('_') ? 'base64url' : 'base64');
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
