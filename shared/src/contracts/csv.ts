/** Needs no quotes, whichever separator a program expects. */
const PLAIN = /^[\p{L}\p{M}\p{N}._()-]+$/u;

/**
 * What a spreadsheet may take for a formula (OWASP, CSV Injection): a control character at the start, or one of = + - @
 * and their full-width, small and mathematical forms, also behind blanks, invisible characters and quotes, which some
 * programs drop.
 */
const FORMULA =
  /^(?:\p{Cc}|[\s\p{Z}\p{C}\p{Pi}\p{Pf}"'`]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212])/u;

/** The text as a spreadsheet takes it for text: what it may take for a formula gets an apostrophe in front. */
export function noFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** A field of CSV (RFC 4180); null is an empty field. */
export function csvField(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = noFormula(value);
  return text === value && PLAIN.test(value) ? value : `"${text.replaceAll('"', '""')}"`;
}
