import { type Place, pathOf, placeOf } from './state/place.ts';

/** The browser's address and its history of it. */
export interface Navigation {
  /** Goes to `place`, as a step that Back takes back. */
  go: (place: Place) => void;
}

/**
 * Lets links within the page change its place without loading it anew, and follows Back and Forward. `onPlace` hears the
 * place at first and after each change.
 */
export function createNavigation(onPlace: (place: Place) => void): Navigation {
  const here = () => onPlace(placeOf(location.pathname));

  function go(place: Place): void {
    const path = pathOf(place);
    if (path !== location.pathname) history.pushState(null, '', path);
    scrollTo(0, 0);
    here();
  }

  addEventListener('popstate', here);
  addEventListener('click', (event) => {
    // With a key or another button the reader wants a new tab, or a download.
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest('a');
    if (!link?.hasAttribute('data-place')) return;
    event.preventDefault();
    go(placeOf(new URL(link.href).pathname));
  });
  here();
  return { go };
}
