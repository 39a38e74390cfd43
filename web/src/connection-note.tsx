import type { PageState } from './state/page.ts';
import { isPending } from './state/tracked-prediction.ts';
import { texts } from './texts/texts.ts';

/** Says how the page is connected, only where it matters: offline, or waiting for answers without a socket. */
export function ConnectionNote({ state }: { state: PageState }) {
  const note = noteFor(state);
  return (
    <p className="connection" role="status" data-empty={note === null}>
      {note}
    </p>
  );
}

function noteFor({ online, channel, drawing, pictures }: PageState): string | null {
  if (!online) return texts.offline;
  const waiting = [drawing, ...pictures.map((picture) => picture.reading)].some(
    (reading) => reading.slow && isPending(reading),
  );
  return channel === 'polling' && waiting ? texts.polling : null;
}
