import type { activity as english } from '../en/activity.ts';
import { formatDuration, formatNumber, formatRate, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const activity: Translation<typeof english> = {
  heading: 'En coulisses',
  hint: 'la file, ses workers et leur vitesse de lecture',
  loading: 'Chargement…',
  retrying: 'Nouvel essai…',
  stale: 'Dernier état connu.',
  queueAway: 'La file est injoignable pour le moment. Rien n’est perdu ; la lecture reprend dès son retour.',
  noWorkers: 'Aucun worker ne tourne. Les images attendent dans la file qu’il en démarre un.',
  waiting: 'Tâches en attente',
  running: 'Tâches en cours',
  pictures: 'Images dans la file',
  workers: 'Workers',
  columns: { worker: 'Worker', model: 'Modèle', running: 'En cours' },
  moreWorkers: (count) =>
    formFor(count, { one: `et ${formatNumber(count)} autre`, other: `et ${formatNumber(count)} autres` }),
  finished: 'Images lues',
  latency: 'Délai de réponse',
  minutesAgo: (minutes) => `il y a ${minutes} min`,
  now: 'maintenant',
  perSecond: (rate) => `${formatNumber(rate)} par seconde`,
  rate: (rate) => `${formatRate(rate)} par seconde en ce moment.`,
  readInAll: (succeeded, failed, minutes) =>
    succeeded + failed === 0
      ? `Aucune ces ${minutes} dernières minutes.`
      : `${formatNumber(succeeded)} ces ${minutes} dernières minutes${failed > 0 ? formFor(failed, { one: `, ${formatNumber(failed)} n’a pas pu être lue`, other: `, ${formatNumber(failed)} n’ont pas pu être lues` }) : ''}.`,
  half: (ms) => `la moitié en ${formatDuration(ms)}`,
  most: (ms) => `95 % en ${formatDuration(ms)}`,
  noTimes: 'Rien n’a été terminé pendant ce temps.',
};
