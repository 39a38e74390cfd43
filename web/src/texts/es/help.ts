import type { help as english } from '../en/help.ts';
import type { Translation } from '../translation.ts';

export const help: Translation<typeof english> = {
  open: 'Teclado',
  heading: 'Con el teclado',
  or: 'o',
  keys: { space: 'Espacio', arrows: 'Flechas' },
  page: 'En todas partes',
  sheet: 'En la hoja',
  number: 'En los dígitos de un número',
  batch: 'Entre muchas imágenes',
  actions: {
    help: 'Mostrar estas teclas',
    paste: 'Leer la imagen copiada',
    move: 'Mover el lápiz una casilla',
    pen: 'Apoyar y levantar el lápiz',
    giveUp: 'Descartar el trazo',
    eraser: 'Cambiar entre lápiz y goma',
    choose: 'Ver el dígito siguiente o el anterior',
    go: 'Ir a la imagen siguiente o a la anterior',
    ends: 'Ir a la primera imagen o a la última',
    setRight: 'Corregir lo leído en la imagen abierta',
  },
};
