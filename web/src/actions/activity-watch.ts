import type { Subscriptions } from '../api/subscriptions.ts';
import type { ActivityEvent } from '../state/activity.ts';

/** Follows the activity while somebody can see it: while the panel is open and the page is not hidden. */
export function createActivityWatch(options: {
  subscribe: Subscriptions['subscribe'];
  emit: (event: ActivityEvent) => void;
}) {
  const { subscribe, emit } = options;
  let open = false;
  let visible = true;
  let unsubscribe: (() => void) | null = null;

  function update(): void {
    if (!open || !visible) {
      unsubscribe?.();
      unsubscribe = null;
      return;
    }
    unsubscribe ??= subscribe(
      { topic: 'activity' },
      {
        snapshot: (snapshot) => emit({ type: 'snapshot', snapshot }),
        retrying: ({ code }) => emit({ type: 'failed', code }),
      },
    );
  }

  return {
    setOpen(next: boolean): void {
      open = next;
      emit({ type: open ? 'opened' : 'closed' });
      update();
    },
    setVisible(next: boolean): void {
      visible = next;
      update();
    },
  };
}
