import type { PageState } from './state/page.ts';
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

function noteFor({ online, channel, drawing, images }: PageState): string | null {
  if (!online) return texts.offline;
  const waiting = [drawing, ...images.map((image) => image.tracked)].some(
    (tracked) => tracked.slow && isPending(tracked),
  );
  return channel === 'polling' && waiting ? texts.polling : null;
}
