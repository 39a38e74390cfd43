import type { activity as english } from '../en/activity.ts';
import { formatDuration, formatNumber, formatRate, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const activity: Translation<typeof english> = {
  heading: 'Entre bastidores',
  hint: 'la cola, sus workers y lo rápido que leen',
  loading: 'Cargando…',
  retrying: 'Intentándolo de nuevo…',
  stale: 'Se muestra el último estado conocido.',
  queueAway:
    'Ahora no se puede contactar con la cola. No se pierde nada; la lectura sigue cuando vuelva a estar disponible.',
  noWorkers: 'No hay ningún worker en marcha. Las imágenes esperan en la cola hasta que arranque uno.',
  waiting: 'Trabajos en espera',
  running: 'Trabajos en curso',
  pictures: 'Imágenes en la cola',
  workers: 'Workers',
  columns: { worker: 'Worker', model: 'Modelo', running: 'En curso' },
  moreWorkers: (count) => `y ${formatNumber(count)} más`,
  finished: 'Imágenes leídas',
  latency: 'Tiempo hasta la respuesta',
  minutesAgo: (minutes) => `hace ${minutes} min`,
  now: 'ahora',
  perSecond: (rate) => `${formatNumber(rate)} por segundo`,
  rate: (rate) => `${formatRate(rate)} por segundo en este momento.`,
  readInAll: (succeeded, failed, minutes) =>
    succeeded + failed === 0
      ? `Ninguna en los últimos ${minutes} minutos.`
      : `${formatNumber(succeeded)} en los últimos ${minutes} minutos${failed > 0 ? formFor(failed, { one: `, ${formatNumber(failed)} no se pudo leer`, other: `, ${formatNumber(failed)} no se pudieron leer` }) : ''}.`,
  half: (ms) => `la mitad en ${formatDuration(ms)}`,
  most: (ms) => `el 95 % en ${formatDuration(ms)}`,
  noTimes: 'En este tiempo no se ha terminado nada.',
};
