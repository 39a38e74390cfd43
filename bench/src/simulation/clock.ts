interface Event {
  at: number;
  /** Events of one moment happen in the order in which they were set. */
  order: number;
  happen: () => void;
}

export type Clock = ReturnType<typeof createClock>;

/** Simulated time, in microseconds, and what is going to happen (a binary heap). */
export function createClock() {
  const heap: Event[] = [];
  let now = 0;
  let events = 0;

  const isBefore = (a: Event, b: Event) => a.at < b.at || (a.at === b.at && a.order < b.order);

  function push(event: Event): void {
    let at = heap.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(event, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = event;
  }

  function pop(): Event {
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }

  return {
    now: () => now,
    after(microseconds: number, happen: () => void): void {
      push({ at: now + microseconds, order: events++, happen });
    },
    /** Lets everything happen up to a moment. */
    runUntil(end: number): void {
      while (heap.length > 0 && heap[0]!.at <= end) {
        const event = pop();
        now = event.at;
        event.happen();
      }
      now = end;
    },
  };
}
