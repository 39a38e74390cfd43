import type { sheet as english } from '../en/sheet.ts';
import type { Translation } from '../translation.ts';

export const sheet: Translation<typeof english> = {
  invitation: 'Schreib eine Ziffer oder eine Zahl',
  sheetLabel: 'Blatt, auf das du eine Ziffer zeichnest',
  sheetHint:
    'Zeichne hier eine Ziffer. Mit der Tastatur: Pfeiltasten bewegen den Stift, die Leertaste setzt ihn auf und hebt ihn ab, E nimmt den Radierer.',
  penDown: 'Stift aufgesetzt',
  penUp: 'Stift abgehoben',
  tools: 'Zeichenwerkzeuge',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  eraser: 'Radierer',
  clear: 'Leeren',
  penWidth: 'Strichstärke',
  pens: { fine: 'Fein', medium: 'Mittel', broad: 'Breit' },
  sample: 'Zeig es mir',
  sampleHint: 'Zeichnet eine Beispielziffer und lässt sie lesen',
};
