/** What the page shows, as its address names it. */
export type Place =
  | { name: 'desk' }
  | { name: 'history' }
  /** One prediction by its own link. */
  | { name: 'result'; id: string };

const ROOT_PATH = '/ui/';

/** The place that a path of the page names; the desk for every other path. */
export function placeOf(path: string): Place {
  const id = /^\/ui\/p\/([^/]+)\/?$/.exec(path)?.[1];
  if (id !== undefined) return { name: 'result', id };
  return /^\/ui\/history\/?$/.test(path) ? { name: 'history' } : { name: 'desk' };
}

/** The path that names `place`. */
export function pathOf(place: Place): string {
  if (place.name === 'result') return `${ROOT_PATH}p/${place.id}`;
  return place.name === 'history' ? `${ROOT_PATH}history` : ROOT_PATH;
}
