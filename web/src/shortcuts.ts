import { isWriting } from './browser/is-writing.ts';
import type { SheetEvent } from './state/sheet.ts';

/** Calls `onSheet` for the keys that undo and redo: Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y, with ⌘ on a Mac. */
export function listenToShortcuts(isAtDesk: () => boolean, onSheet: (event: SheetEvent) => void): void {
  addEventListener('keydown', (event) => {
    if (!isAtDesk() || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (isWriting(event.target)) return;
    const key = event.key.toLowerCase();
    const isUndo = key === 'z' && !event.shiftKey;
    if (!isUndo && key !== 'z' && key !== 'y') return;
    event.preventDefault();
    onSheet({ type: isUndo ? 'undo' : 'redo' });
  });
}
