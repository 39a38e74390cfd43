import { type PageState, shownPrediction } from './state/page.ts';
import { isPending } from './state/tracked-prediction.ts';
import { texts } from './texts/texts.ts';

/** Says how the page is connected, only when it matters: offline, or waiting for results without a socket. */
export function ConnectionNote({ state }: { state: PageState }) {
  const note = noteFor(state);
  return (
    <p className="connection" role="status" data-empty={note === null}>
      {note}
    </p>
  );
}

function noteFor(state: PageState): string | null {
  const { place, online, reachable, channel, drawing, images } = state;
  const code = place.name === 'desk' ? shownPrediction(state).failure?.code : null;
  // The answer says it already.
  if (code === 'offline' || code === 'unreachable') return null;
  if (!online) return texts.offline;
  const waiting = [drawing, ...images.map((image) => image.tracked)].some(
    (tracked) => tracked.slow && isPending(tracked),
  );
  if (!waiting) return null;
  if (!reachable) return texts.away;
  return channel === 'polling' ? texts.polling : null;
}
