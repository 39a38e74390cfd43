/** A longer wait than any client means, in seconds; RFC 9111, 1.2.2 cuts off numbers of seconds here too. */
const WAIT_MAX_S = 2 ** 31 - 1;

/** RFC 7240's preference without its parameters: a token, and maybe a value that is a token or a quoted string. */
const PREFERENCE =
  /^([!#$%&'*+.^_`|~\w-]+)(?:[ \t]*=[ \t]*(?:([!#$%&'*+.^_`|~\w-]+)|"((?:[^"\\]|\\.)*)"))?$/s;

/**
 * The preferences of a request (RFC 7240) that this service knows; header fields of one name come joined by commas.
 * The first of a name counts. A preference is a wish, so one that is unknown or malformed is ignored.
 *
 * @returns waitS: how long the client wants to wait, in whole seconds; null where the request doesn't say
 */
export function parsePrefer(header: string | undefined): { respondAsync: boolean; waitS: number | null } {
  const values = new Map<string, string>();
  for (const preference of splitOutsideQuotes(header ?? '', ',')) {
    const [first = ''] = splitOutsideQuotes(preference, ';');
    const [, name, token, quoted] = PREFERENCE.exec(first.trim()) ?? [];
    if (name === undefined || values.has(name.toLowerCase())) continue;
    values.set(name.toLowerCase(), token ?? quoted?.replace(/\\(.)/gs, '$1') ?? '');
  }
  const wait = values.get('wait') ?? '';
  return {
    // An empty value means the same as none; `respond-async=false` is not in the RFC.
    respondAsync: values.get('respond-async') === '',
    waitS: /^\d+$/.test(wait) ? Math.min(Number(wait), WAIT_MAX_S) : null,
  };
}

/** A quote that never closes reaches to the end. */
function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const pieces: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (quoted && text[i] === '\\') i++;
    else if (text[i] === '"') quoted = !quoted;
    else if (text[i] === separator && !quoted) {
      pieces.push(text.slice(start, i));
      start = i + 1;
    }
  }
  pieces.push(text.slice(start));
  return pieces;
}
