import type { activity as english } from '../en/activity.ts';
import { formatDuration, formatNumber, formatRate } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const activity: Translation<typeof english> = {
  heading: 'Hinter den Kulissen',
  hint: 'die Warteschlange, ihre Worker und wie schnell sie lesen',
  loading: 'Lädt …',
  retrying: 'Neuer Versuch …',
  stale: 'Das ist der letzte bekannte Stand.',
  queueAway:
    'Die Warteschlange ist gerade nicht erreichbar. Nichts geht verloren; es wird weitergelesen, wenn sie wieder da ist.',
  noWorkers: 'Es läuft kein Worker. Bilder warten in der Warteschlange, bis einer startet.',
  waiting: 'Wartende Jobs',
  running: 'Jobs in Arbeit',
  pictures: 'Bilder in der Warteschlange',
  workers: 'Worker',
  columns: { worker: 'Worker', model: 'Modell', running: 'In Arbeit' },
  moreWorkers: (count) => `und ${formatNumber(count)} weitere`,
  finished: 'Gelesene Bilder',
  latency: 'Zeit bis zur Antwort',
  minutesAgo: (minutes) => `vor ${minutes} min`,
  now: 'jetzt',
  perSecond: (rate) => `${formatNumber(rate)} pro Sekunde`,
  rate: (rate) => `Gerade ${formatRate(rate)} pro Sekunde.`,
  readInAll: (succeeded, failed, minutes) =>
    succeeded + failed === 0
      ? `Keine in den letzten ${minutes} Minuten.`
      : `${formatNumber(succeeded)} in den letzten ${minutes} Minuten${failed > 0 ? `, ${formatNumber(failed)} nicht lesbar` : ''}.`,
  half: (ms) => `die Hälfte in ${formatDuration(ms)}`,
  most: (ms) => `95 % in ${formatDuration(ms)}`,
  noTimes: 'In dieser Zeit wurde nichts fertig.',
};
