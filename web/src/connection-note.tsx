import { connectionToNote } from './state/connection.ts';
import type { PageState } from './state/page.ts';
import { texts } from './texts/texts.ts';

/** Says how the page is connected, only when it matters: offline, or waiting for results without a socket. */
export function ConnectionNote({ state }: { state: PageState }) {
  const note = connectionToNote(state);
  return (
    <p className="connection" role="status" data-empty={note === null}>
      {note && texts[note]}
    </p>
  );
}
