import { type PointerEvent, useRef } from 'react';

/** A shorter way of the finger is a press. */
const SWIPE_MIN_PIXELS = 40;

/** Handlers of a surface on which a finger that goes sideways goes to the next picture (1) or the previous one (-1). */
export function useSwipe(onSwipe: (step: 1 | -1) => void) {
  const began = useRef<{ id: number; x: number; y: number } | null>(null);
  return {
    onPointerDown(event: PointerEvent): void {
      if (event.pointerType !== 'touch' || !event.isPrimary) return;
      began.current = { id: event.pointerId, x: event.clientX, y: event.clientY };
    },
    onPointerUp(event: PointerEvent): void {
      const from = began.current;
      began.current = null;
      if (from?.id !== event.pointerId) return;
      const [x, y] = [event.clientX - from.x, event.clientY - from.y];
      if (Math.abs(x) < SWIPE_MIN_PIXELS || Math.abs(x) < 2 * Math.abs(y)) return;
      onSwipe(x < 0 ? 1 : -1);
    },
    onPointerCancel(): void {
      began.current = null;
    },
  };
}
