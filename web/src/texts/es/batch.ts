import type { batch as english } from '../en/batch.ts';
import { formatBytes, formatLongTime, formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

/** A count of pictures, with the adjective that goes with it. */
const counted = (count: number, one: string, other: string) =>
  `${formatNumber(count)} ${formFor(count, { one, other })}`;

export const batch: Translation<typeof english> = {
  heading: (count) => counted(count, 'imagen', 'imágenes'),
  loading: 'Obteniendo las imágenes…',
  standings: {
    check: (count) => `${formatNumber(count)} por revisar`,
    'no-digit': (count) => `${formatNumber(count)} sin dígito`,
    'no-picture': (count) => counted(count, 'no es una imagen', 'no son imágenes'),
    failed: (count) => counted(count, 'fallida', 'fallidas'),
    unsent: (count) => `${formatNumber(count)} sin enviar`,
    canceled: (count) => counted(count, 'cancelada', 'canceladas'),
    read: (count) => counted(count, 'leída', 'leídas'),
    open: (count) => counted(count, 'pendiente', 'pendientes'),
  },
  all: (count) => `Todas (${formatNumber(count)})`,
  filters: 'Qué imágenes mostrar',
  queued: 'En la cola. Tu lugar se conserva.',
  sending: ({ sent, total }) => `${formatBytes(sent)} de ${formatBytes(total)} enviados.`,
  timeLeft: (ms) => `Quedan unos ${formatLongTime(ms)}.`,
  ended: (count, failed, doubtful) =>
    [
      `Las ${formatNumber(count)} imágenes están listas.`,
      failed > 0
        ? formFor(failed, {
            one: `No se pudo leer ${formatNumber(failed)}.`,
            other: `No se pudieron leer ${formatNumber(failed)}.`,
          })
        : '',
      doubtful > 0 ? `${formatNumber(doubtful)} por revisar.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  unsentNote:
    'Esta página ya no tiene lo que no se envió: solo la pestaña en la que se eligieron las imágenes puede enviarlas. Elígelas de nuevo.',
  leftOut: (count, max) =>
    `${formFor(count, { one: `Quedó fuera ${formatNumber(count)} imagen`, other: `Quedaron fuera ${formatNumber(count)} imágenes` })}: van juntas ${formatNumber(max)} como máximo. Envía el resto después.`,
  actions: 'Qué hacer con todas las imágenes',
  download: 'Descargar CSV',
  print: 'Imprimir',
  retry: (count) => `Reintentar ${formatNumber(count)}`,
  cancel: 'Cancelar el resto',
  view: { label: 'Vista', cards: 'Tarjetas', table: 'Tabla' },
  order: { label: 'Orden', doubtful: 'Primero las dudosas', sent: 'Como se enviaron' },
  nothing: 'Ninguna imagen coincide.',
  pictures: 'Imágenes',
  unnamed: (place) => `Imagen ${formatNumber(place)}`,
  noDigit: 'Ningún dígito',
  byHand: 'Indicado por ti',
  card: (read, state, name) => `${read}, ${state}, ${name}`,
  cardUnread: (state, name) => `${state} ${name}`,
  columns: { name: 'Archivo', read: 'Leído como', sure: 'Certeza', place: 'N.º', picture: 'Imagen' },
  viewer: {
    of: (place, count) => `${formatNumber(place)} de ${formatNumber(count)}`,
    previous: 'Imagen anterior',
    next: 'Imagen siguiente',
    question: '¿Qué muestra?',
    keys: (digit) => `Muestra un ${digit}`,
    number: 'Número',
    undo: 'Como se leyó',
    undoNone: 'Deshacer',
    open: 'Su propia página',
    hint: 'Teclas: ← → cambian de imagen, de 0 a 9 indican el dígito.',
    feedback: 'También se envió al servicio como comentario.',
    spoken: (label, place, count) => `${label}. ${formatNumber(place)} de ${formatNumber(count)}.`,
  },
  report: { title: 'Dígitos escritos a mano, leídos por Inkqueue' },
  history: {
    heading: 'Imágenes que llegaron juntas',
    remove: (count, when) => `Eliminar ${counted(count, 'imagen', 'imágenes')}, ${when}`,
  },
};
