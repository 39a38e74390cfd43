import type { shell as english } from '../en/shell.ts';
import { formatShortDate } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const shell: Translation<typeof english> = {
  name: 'Inkqueue',
  tagline: 'lee dígitos escritos a mano',
  apiDocs: 'API',
  docs: 'Documentación de la API',
  navigation: 'Páginas',
  newTab: '(se abre en otra pestaña)',
  titles: {
    desk: 'Inkqueue lee dígitos escritos a mano',
    history: 'Historial · Inkqueue',
    queue: 'La cola · Inkqueue',
    result: 'Resultado · Inkqueue',
    batch: 'Imágenes · Inkqueue',
    missing: 'No encontrado · Inkqueue',
    model: 'Modelo · Inkqueue',
  },
  missing: {
    what: 'No hay nada en esta dirección.',
    next: 'Comprueba que copiaste la dirección entera.',
  },
  link: 'Enlace',
  copyLink: 'Copiar enlace',
  linkWorksUntil: (when) => `El enlace funciona hasta el ${formatShortDate(when)}.`,
  copy: 'Copiar',
  copied: 'Copiado',
  close: 'Cerrar',
  search: 'Número o nombre de archivo',
  drawDigit: 'Dibujar un dígito',
  copyByHand: 'Cópialo a mano',
  json: 'JSON',
  offline: 'Estás sin conexión. Puedes seguir dibujando; la lectura continúa cuando vuelva la red.',
  polling: 'Sin conexión en directo: las respuestas llegan un poco más tarde.',
  away: 'No se puede contactar con el servicio. Lo que ya aceptó conserva su lugar.',
  retryIn: (seconds) => (seconds > 0 ? `Nuevo intento en ${seconds} s.` : 'Intentándolo de nuevo…'),
  retryNow: 'Intentar ahora',
  language: 'Idioma',
  languageMissing: (language) =>
    `No se pudo descargar ${language}. Vuelve a elegirlo para intentarlo otra vez.`,
  partMissing: 'No se pudo descargar esta parte de la página.',
  reloadPage: 'Recargar la página',
};
