/** What the page shows, as its address names it. */
export type Place =
  | { name: 'desk' }
  | { name: 'history' }
  /** One prediction by its own link. */
  | { name: 'result'; id: string };

/** The page's own address, as index.html names it: below the base path under which a proxy serves the api. */
const ROOT = new URL(globalThis.document?.baseURI ?? 'http://localhost/ui/');
const ROOT_PATH = ROOT.pathname;

export const DOCS_PATH = new URL('../docs', ROOT).pathname;

/** The place that a path of the page names, with the base path or without; the desk for every other path. */
export function placeOf(path: string): Place {
  const id = /\/ui\/p\/([^/]+)\/?$/.exec(path)?.[1];
  if (id !== undefined) return { name: 'result', id };
  return /\/ui\/history\/?$/.test(path) ? { name: 'history' } : { name: 'desk' };
}

/** The path that names `place`. */
export function pathOf(place: Place): string {
  if (place.name === 'result') return `${ROOT_PATH}p/${place.id}`;
  return place.name === 'history' ? `${ROOT_PATH}history` : ROOT_PATH;
}
