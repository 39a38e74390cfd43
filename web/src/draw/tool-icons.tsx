/** Arrows that turn back and forth, and a rubber, in the colour of their button. */
const PATHS = {
  undo: 'M9 7 4 12l5 5M4 12h10a5 5 0 0 1 0 10h-2',
  redo: 'm15 7 5 5-5 5m5-5H10a5 5 0 0 0 0 10h2',
  eraser: 'M8 20 3.5 15.5a2 2 0 0 1 0-3L12 4l8 8-8 8zm-.5-11.5 8 8M12 20h8',
};

export function ToolIcon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg viewBox="0 0 24 24" className="tool-icon" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
