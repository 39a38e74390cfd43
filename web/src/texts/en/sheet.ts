/** The sheet and its tools. */
export const sheet = {
  invitation: 'Write a digit or a number',
  sheetLabel: 'Sheet to draw a digit on',
  sheetHint:
    'Draw a digit here. With the keyboard: arrow keys move the pen, Space puts it down and lifts it, E takes the eraser.',
  penDown: 'Pen down',
  penUp: 'Pen lifted',
  tools: 'Drawing tools',
  undo: 'Undo',
  redo: 'Redo',
  eraser: 'Eraser',
  clear: 'Clear',
  penWidth: 'Pen width',
  pens: { fine: 'Fine', medium: 'Medium', broad: 'Broad' },
  sample: 'Show me',
  sampleHint: 'Draws a sample digit and has it read',
};
