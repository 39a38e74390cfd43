/** What the page shows, as its address names it. */
export type Place =
  | { name: 'desk' }
  | { name: 'history' }
  | { name: 'queue' }
  /** One prediction by its own link. */
  | { name: 'result'; id: string }
  /** Pictures that came together: the ids of their batches, with commas between them, or a key of this browser's. */
  | { name: 'batch'; id: string }
  /** What a model is, and how well it reads. */
  | { name: 'model'; model: string }
  /** No place has this address. */
  | { name: 'missing'; path: string };

/** The page's own address, as index.html names it: below the base path under which a proxy serves the api. */
const ROOT = new URL(globalThis.document?.baseURI ?? 'http://localhost/ui/');
const ROOT_PATH = ROOT.pathname;

export const CONSOLE_PATH = new URL('../console', ROOT).pathname;
export const DOCS_PATH = new URL('../docs', ROOT).pathname;

/** The full address of an operation of the api, as programs elsewhere call it. */
export const apiAddress = (path: string) => new URL(`../${path}`, ROOT).href;

/** The place that a path names, with the base path or without. Programs that pass links on encode their commas. */
export function placeOf(path: string): Place {
  const decoded = decode(path);
  const [, kind, id] = /\/ui\/([pb])\/([\w,-]+)\/?$/.exec(decoded) ?? [];
  if (id !== undefined) return { name: kind === 'b' ? 'batch' : 'result', id };
  const model = /\/ui\/models\/([a-z0-9-]+)\/?$/.exec(decoded)?.[1];
  if (model !== undefined) return { name: 'model', model };
  const name = /\/ui\/(history|queue)\/?$/.exec(decoded)?.[1];
  if (name === 'history' || name === 'queue') return { name };
  return /\/ui\/?$/.test(decoded) ? { name: 'desk' } : { name: 'missing', path };
}

/** Empty, which is no place, where an escape in the path is broken. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return '';
  }
}

/** The path that names `place`. */
export function pathOf(place: Place): string {
  if (place.name === 'result') return `${ROOT_PATH}p/${place.id}`;
  if (place.name === 'missing') return place.path;
  if (place.name === 'batch') return `${ROOT_PATH}b/${place.id}`;
  if (place.name === 'model') return `${ROOT_PATH}models/${place.model}`;
  return place.name === 'desk' ? ROOT_PATH : `${ROOT_PATH}${place.name}`;
}
