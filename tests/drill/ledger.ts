/** A final state in one word and its detail: `succeeded 7`, `failed no-ink`, `canceled canceled`. */
export type State = string;

/** The service says that it had the prediction, and has removed it (410). */
export const GONE: State = 'gone';
/** The service says that it never had the prediction (404). */
export const UNKNOWN: State = 'unknown';

/** A state that a channel reported. Times are milliseconds of this process (`performance.now()`). */
export interface Sighting {
  state: State;
  channel: string;
  first: number;
  last: number;
}

/** What is known of one accepted prediction. */
export interface Entry {
  id: string;
  /** How the client submitted it. */
  way: string;
  /** When the first request that may have made it was sent, and when its id arrived. */
  beganAt: number;
  acceptedAt: number;
  /** The final states that are right. */
  allowed: Set<State>;
  seen: Sighting[];
  /** When the service confirmed that it is deleted. */
  deletedAt: number | null;
  notes: string[];
}

/** Stretches of time in which a fault takes away what the service promises otherwise. */
export interface Span {
  from: number;
  to: number;
}
export interface Spans {
  /** FLUSHALL: what was accepted before is gone. */
  emptied: Span[];
  /** A power cut, or a replica that was behind: what Redis wrote from `from` on is lost. */
  cut: Span[];
  /** Redis was full: the oldest results may have made room. */
  full: Span[];
}

export type Ledger = ReturnType<typeof createLedger>;

/** The drill's own books: what the service accepted, and what each channel said of it. */
export function createLedger() {
  const entries = new Map<string, Entry>();
  /** Predictions whose end a client is waiting for. */
  const open = new Set<string>();
  const spans: Spans = { emptied: [], cut: [], full: [] };
  /** What no single prediction shows: a process that did not stop cleanly, one key with two ids. */
  const offences: string[] = [];

  function entryOf(id: string): Entry {
    const entry = entries.get(id);
    if (!entry) throw new Error(`the drill asks about ${id}, which it never noted as accepted`);
    return entry;
  }

  return {
    entries,
    open,
    spans,
    offences,
    entryOf,
    accept(accepted: { id: string; way: string; beganAt: number; allowed: readonly State[] }): void {
      const { id, way, beganAt, allowed } = accepted;
      // A repeat under one Idempotency-Key gets the same id.
      if (entries.has(id)) return;
      entries.set(id, {
        ...{ id, way, beganAt, acceptedAt: performance.now(), allowed: new Set(allowed) },
        ...{ seen: [], deletedAt: null, notes: [] },
      });
      open.add(id);
    },
    /** Notes a final state, or that there is none any more. */
    observe(id: string, channel: string, state: State): void {
      open.delete(id);
      const { seen } = entryOf(id);
      const now = performance.now();
      const known = seen.find((sighting) => sighting.state === state && sighting.channel === channel);
      if (known) known.last = now;
      else seen.push({ state, channel, first: now, last: now });
    },
    /** From now on one more final state is right. */
    allow: (id: string, state: State) => void entryOf(id).allowed.add(state),
    note: (id: string, text: string) =>
      void entryOf(id).notes.push(`${Math.round(performance.now())} ms: ${text}`),
    deleted(id: string): void {
      entryOf(id).deletedAt = performance.now();
      open.delete(id);
    },
    /** The prediction begins anew: what was seen of it before counts no more. */
    retried(id: string): void {
      entryOf(id).seen = [];
      open.add(id);
    },
    /** Nobody waits for its end: the audit looks at it. */
    leave: (id: string) => void open.delete(id),
  };
}
