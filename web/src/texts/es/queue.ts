import type { queue as english } from '../en/queue.ts';
import { formatBytes, formatDate, formatLongTime, formatNumber, formatRate, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

/** A count, with the word that goes with it. */
const counted = (count: number, one: string, other: string) =>
  `${formatNumber(count)} ${formFor(count, { one, other })}`;

const cameIn = (count: number) => counted(count, 'recibida', 'recibidas');
const done = (count: number) => counted(count, 'lista', 'listas');
const canceled = (count: number) => counted(count, 'cancelada', 'canceladas');
const pictures = (count: number) => counted(count, 'imagen', 'imágenes');

export const queue: Translation<typeof english> = {
  heading: 'La cola',
  link: 'La visión completa: la cola en su propia página',
  paused: 'Un operador ha pausado la cola. Las imágenes se siguen aceptando y esperan.',
  drained: 'Un operador deja que la cola se vacíe. No se acepta ninguna imagen.',
  pausedAndDrained: 'Un operador ha detenido la cola: no se acepta ni se lee ninguna imagen.',
  empty: 'No hay nada en espera.',
  grows: (perSecond) => `Llegan más de las que se leen: ${formatRate(perSecond)} más cada segundo.`,
  stands: 'No se ha leído nada en el último medio minuto.',
  drains: (ms) => `Vacía en unos ${formatLongTime(ms)}, si no llegan más que ahora.`,
  figures: {
    oldest: 'Espera más larga',
    drain: 'Tiempo hasta vaciarse',
    arrivals: 'Recibidas por segundo',
    departures: 'Listas por segundo',
  },
  growing: 'crece',
  never: 'parada',
  spans: { label: 'Periodo', minutes: '5 min', hour: '1 h', day: '24 h' },
  since: { minutes: 'hace 5 min', hour: 'hace 1 h', day: 'hace 24 h' },
  flow: 'Llegadas y salidas',
  came: cameIn,
  went: done,
  flowInWords: (came, went, dropped) =>
    dropped > 0
      ? `${cameIn(came)}, ${done(went)}, ${formatNumber(dropped)} de ellas ${formFor(dropped, { one: 'cancelada', other: 'canceladas' })}.`
      : `${cameIn(came)}, ${done(went)}.`,
  canceled,
  bounds: {
    heading: 'Cerca de los límites',
    hint: 'Al llegar a un límite se rechazan más imágenes hasta que haya sitio.',
    pictures: 'Imágenes',
    bytes: 'Bytes de las imágenes',
    memory: 'Memoria de Redis',
    count: (used, max) => `${formatNumber(used)} de ${formatNumber(max)}`,
    size: (used, max) => `${formatBytes(used)} de ${formatBytes(max)}`,
    unbounded: (used) => `${formatBytes(used)}, sin límite`,
  },
  turns: {
    heading: 'A quién le toca',
    hint: 'Quien tiene más de 32 imágenes en la cola se turna con otros como él; así una ráfaga no retrasa a nadie que envíe pocas.',
    at_once: 'Ahora: imágenes sueltas, según llegaron',
    in_turns: 'Después: ráfagas de un solo remitente, por turnos',
    batches: 'Después: lotes, por turnos',
    again: 'Tras una pausa: otro intento',
    jobs: (count) => counted(count, 'trabajo', 'trabajos'),
  },
  refused: {
    heading: 'Rechazadas',
    none: 'No se rechazó ninguna imagen.',
  },
  failed: {
    heading: 'No se pudieron leer',
    none: 'Se leyeron todas las imágenes.',
    last: 'Las últimas',
    open: 'Abrir',
  },
  workers: {
    name: (id) => `Worker ${id}`,
    host: (host, pid) => `${host}, proceso ${pid}`,
    holds: 'En curso',
    nothing: 'nada',
    pictures,
    picturesFor: (count, ms) => `${pictures(count)}, desde hace ${formatLongTime(ms)}`,
    rate: 'Ritmo',
    perSecond: (rate) => `${formatRate(rate)} por segundo`,
    finished: 'Leídas',
    memory: 'Memoria',
    uptime: 'En marcha desde hace',
    beat: 'Última señal',
    ago: (ms) => `hace ${formatLongTime(ms)}`,
  },
  operate: {
    heading: 'Operación',
    enter: 'Entrar como operador',
    entering: 'Esperando la contraseña…',
    wrongPassword: 'La consola no aceptó esa contraseña.',
    console: 'Consola',
    actions: {
      pause: 'Pausar',
      drain: 'Dejar que se vacíe',
      resume: 'Reanudar',
      'retry-failed': 'Reintentar las fallidas',
      purge: 'Cancelar las que esperan…',
    },
    about: {
      pause: 'Los workers no toman nada más. Las imágenes se siguen aceptando.',
      drain: 'No se acepta ninguna imagen, y se lee lo que espera.',
      resume: 'Pone fin a la pausa y al vaciado.',
      'retry-failed': 'Vuelve a leer lo que falló por culpa del servicio y se conserva.',
      purge: 'Cancela todo lo que espera.',
    },
    sure: (count) =>
      formFor(count, {
        one: '¿Cancelar la única imagen que hay en la cola? No se puede deshacer.',
        other: `¿Cancelar las que esperan de las ${formatNumber(count)} imágenes de la cola? No se puede deshacer.`,
      }),
    confirm: 'Cancelar todas las que esperan',
    keep: 'Conservarlas',
    done: ({ action, count }) => {
      const n = count ?? 0;
      switch (action) {
        case 'pause':
          return 'En pausa. Los workers terminan lo que tienen en curso.';
        case 'drain':
          return 'Se está vaciando. No se acepta ninguna imagen.';
        case 'resume':
          return 'Las imágenes se aceptan y se leen.';
        case 'purge':
          return formFor(n, {
            one: `Se canceló ${formatNumber(n)} imagen que esperaba.`,
            other: `Se cancelaron ${formatNumber(n)} imágenes que esperaban.`,
          });
        case 'retry-failed':
          return formFor(n, {
            one: `Se vuelve a leer ${formatNumber(n)} imagen.`,
            other: `Se vuelven a leer ${formatNumber(n)} imágenes.`,
          });
      }
    },
    audit: 'Lo que hicieron los operadores',
    nobody: 'Nada todavía.',
    entry: (by, at) => `${by}, ${formatDate(at)}`,
  },
};
