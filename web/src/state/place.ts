/** What the page shows, as its address names it. */
export type Place =
  | { name: 'desk' }
  | { name: 'history' }
  /** One prediction by its own link. */
  | { name: 'result'; id: string };

const ROOT = '/ui/';

/** The place that a path of the page names; the desk where it names none. */
export function placeOf(path: string): Place {
  const id = /^\/ui\/p\/([^/]+)\/?$/.exec(path)?.[1];
  if (id !== undefined) return { name: 'result', id };
  return /^\/ui\/history\/?$/.test(path) ? { name: 'history' } : { name: 'desk' };
}

/** The path that names `place`. */
export function pathOf(place: Place): string {
  if (place.name === 'result') return `${ROOT}p/${place.id}`;
  return place.name === 'history' ? `${ROOT}history` : ROOT;
}
