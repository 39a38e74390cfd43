/** A fenced block of a document that runs, and what it says that it prints. */
export interface Example {
  /** Of the fence, from 1. */
  line: number;
  language: string;
  /** The service that it runs against, as its fence names it; empty for the usual one. */
  service: string;
  code: string;
  /** What stands behind the arrows of its comments. */
  expected: string;
}

const FENCE = /^```(sh|js) ?(\w*)\n(.*?)^```$/gms;
const ARROW = /^(?:#|\/\/) → ?/;

/** The blocks of a document that run, in their order. */
export function examplesIn(document: string): Example[] {
  return [...document.matchAll(FENCE)].map(({ index, 1: language = '', 2: service = '', 3: code = '' }) => {
    const lines = code.split('\n').filter((line) => ARROW.test(line));
    const expected = lines.map((line) => line.replace(ARROW, '')).join('\n');
    // A line that begins with a space goes on with the one before.
    const joined = expected.replaceAll(/\n +/g, '');
    return { line: document.slice(0, index).split('\n').length, language, service, code, expected: joined };
  });
}

/** What output must match: `…` before a quote is the rest of a string, and anything elsewhere. */
export function patternOf(expected: string): RegExp {
  const literal = expected.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const pattern = literal
    .replaceAll('…"', '[^"]*"')
    .replaceAll('…', '[^]*?')
    // A response has no line end of its own.
    .replaceAll('\n', '\\n?');
  return new RegExp(`^${pattern}$`);
}
