import type { answer as english } from '../en/answer.ts';
import { formatBytes, formatLongTime, formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const answer: Translation<typeof english> = {
  answer: 'Respuesta',
  yourDrawing: 'Tu dibujo',
  readFirst: (read) => `${read}, `,
  reading: 'Leyendo…',
  sending: 'Enviando…',
  stillSending: 'Todavía va camino del servicio.',
  uploading: ({ sent, total }) => `${formatBytes(sent)} de ${formatBytes(total)} enviados.`,
  stillWaiting: 'Se envía cuando llegue su turno.',
  stillReading: 'Todavía se está leyendo.',
  stillQueued: 'Todavía se está leyendo. Tu lugar en la cola se conserva.',
  ahead: (count) =>
    count === 0
      ? 'Es la siguiente.'
      : formFor(count, {
          one: `Tiene ${formatNumber(count)} imagen por delante.`,
          other: `Tiene ${formatNumber(count)} imágenes por delante.`,
        }),
  aheadFor: (count, ms) =>
    count === 0
      ? `Es la siguiente, en unos ${formatLongTime(ms)}.`
      : formFor(count, {
          one: `Tiene ${formatNumber(count)} imagen por delante, unos ${formatLongTime(ms)}.`,
          other: `Tiene ${formatNumber(count)} imágenes por delante, unos ${formatLongTime(ms)}.`,
        }),
  sure: {
    certain: 'Casi seguro',
    very: 'Muy seguro',
    fairly: 'Bastante seguro',
    unsure: 'Poco seguro',
    guess: 'Solo una suposición',
    'perhaps-none': 'Quizá no sea un dígito',
    'perhaps-not-all': 'Quizá no todo sean dígitos',
  },
  ifDigit: (percent) => `Si lo es: ${percent}`,
  ifAllDigits: (percent) => `Si todo son dígitos: ${percent}`,
  uncertain: 'Mejor compruébalo: puede que no sea un dígito o que no esté claro.',
  nextBest: (digit, percent) => `También podría ser un ${digit} (${percent}).`,
  probabilities: 'Probabilidad de cada dígito',
  spoken: (read, sure, percent) => `${read}. ${sure}, ${percent}.`,
  spokenPerhapsNone: (read, percent) =>
    `${read}, si es que es un dígito: entonces ${percent}. Mejor compruébalo.`,
  spokenPerhapsNotAll: (read, percent) =>
    `${read}, si todo son dígitos: entonces ${percent}. Mejor compruébalo.`,
  uncertainNumber: 'Mejor comprueba este número: no está todo claro.',
  doubts: (count) =>
    formFor(count, {
      one: 'Mejor comprueba el dígito subrayado.',
      other: 'Mejor comprueba los dígitos subrayados.',
    }),
  copyNumber: 'Copiar número',
  digits: 'Dígitos de la imagen',
  networkInput: {
    caption: 'Lo que vio la red',
    captionOf: (place, count) => `Dígito ${place}\u00a0de\u00a0${count}, tal como lo vio la red`,
    missing: 'no disponible',
    inWords: (width, height, ink) =>
      `${width} × ${height} píxeles en blanco sobre negro, ${Math.round(ink * 100)} % de tinta`,
  },
  feedback: {
    open: (digit) => `¿No es un ${digit}? Dinos qué es`,
    question: '¿Qué es en realidad?',
    noDigit: 'Ningún dígito',
    thanks: (digit) =>
      digit === null ? 'Gracias. Guardado como «ningún dígito».' : `Gracias. Guardado como ${digit}.`,
    change: 'Cambiar',
    notSaved: 'No se ha guardado.',
  },
  journey: {
    heading: 'Recorrido de esta predicción',
    steps: { sent: 'Envío', queued: 'Cola', running: 'Lectura', back: 'Vuelta', done: 'Listo' },
    stagesOf: 'Lo que hizo el worker',
    stages: {
      decode: 'decodificar',
      normalize: 'normalizar',
      network: 'red',
      explain: 'explicar',
      rest: 'otros',
    },
    stage: (name, time) => `${name} ${time}`,
    model: (name, version) => `${name} ${version}`,
    worker: (id) => `en el worker ${id}`,
    together: (others, inputs) =>
      others > 0
        ? formFor(others, {
            one: `leída junto con ${formatNumber(others)} imagen más`,
            other: `leída junto con ${formatNumber(others)} imágenes más`,
          })
        : inputs > 1
          ? `leída sola, ${formatNumber(inputs)} candidatos a la vez`
          : 'leída sola',
  },
};
