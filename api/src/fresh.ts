/**
 * Shares one look-up between all callers that ask within `freshMs` of its beginning, or while it is under way. Its failure reaches
 * those callers, and the next one looks again.
 *
 * @param look looks it up
 * @param now in milliseconds
 */
export function createFresh<T>(
  look: () => Promise<T>,
  { freshMs, now = () => performance.now() }: { freshMs: number; now?: () => number },
) {
  let latest: { since: number; isUnderWay: boolean; found: Promise<T> } | null = null;

  function renewed(): Promise<T> {
    if (latest?.isUnderWay) return latest.found;
    const looked = { since: now(), isUnderWay: true, found: look() };
    latest = looked;
    looked.found.then(
      () => {
        looked.isUnderWay = false;
      },
      () => {
        latest = null;
      },
    );
    return looked.found;
  }

  return {
    /** What was found at most `freshMs` ago. */
    current: (): Promise<T> => (latest && now() - latest.since < freshMs ? latest.found : renewed()),
    /** What is found now, unless a look-up is under way. */
    renewed,
  };
}
