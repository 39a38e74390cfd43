import type { sheet as english } from '../en/sheet.ts';
import type { Translation } from '../translation.ts';

export const sheet: Translation<typeof english> = {
  invitation: 'Escribe un dígito o un número',
  sheetLabel: 'Hoja para dibujar un dígito',
  sheetHint:
    'Dibuja aquí un dígito. Con el teclado: las flechas mueven el lápiz; la barra espaciadora lo apoya y lo levanta, E toma la goma.',
  penDown: 'Lápiz apoyado',
  penUp: 'Lápiz levantado',
  tools: 'Herramientas de dibujo',
  undo: 'Deshacer',
  redo: 'Rehacer',
  eraser: 'Goma',
  clear: 'Borrar',
  penWidth: 'Grosor del lápiz',
  pens: { fine: 'Fino', medium: 'Medio', broad: 'Grueso' },
  sample: 'Muéstrame',
  sampleHint: 'Dibuja un dígito de ejemplo para que se lea',
};
