import { type ReactNode, useId } from 'react';

/** A part of the queue's page, under its heading. */
export function QueuePart({ heading, children }: { heading: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="queue-part" aria-labelledby={id}>
      <h3 id={id}>{heading}</h3>
      {children}
    </section>
  );
}
