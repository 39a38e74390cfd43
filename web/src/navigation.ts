import { type Place, pathOf, placeOf } from './state/place.ts';

/**
 * Lets links within the page change its place without a new load, and follows Back and Forward. `onPlace` is called with the
 * first place and after each change.
 */
export function createNavigation(onPlace: (place: Place) => void) {
  const update = () => onPlace(placeOf(location.pathname));

  /** Goes to `place`, as a step that Back undoes. */
  function go(place: Place): void {
    const path = pathOf(place);
    if (path !== location.pathname) history.pushState(null, '', path);
    scrollTo(0, 0);
    update();
  }

  addEventListener('popstate', update);
  addEventListener('click', (event) => {
    // With a modifier key or another button people want a new tab, or a download.
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest('a');
    if (!link?.hasAttribute('data-place')) return;
    event.preventDefault();
    go(placeOf(new URL(link.href).pathname));
  });
  update();
  return {
    go,
    /** The place has another address from now on; it stays the same place, and the same step for Back. */
    readdress(place: Place): void {
      const path = pathOf(place);
      if (path !== location.pathname) history.replaceState(null, '', path);
    },
  };
}
