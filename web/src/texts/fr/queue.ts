import type { queue as english } from '../en/queue.ts';
import { formatBytes, formatDate, formatLongTime, formatNumber, formatRate, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

const picturesOf = (count: number) =>
  formFor(count, { one: `${formatNumber(count)} image`, other: `${formatNumber(count)} images` });

const came = (count: number) =>
  formFor(count, { one: `${formatNumber(count)} arrivée`, other: `${formatNumber(count)} arrivées` });

const went = (count: number) =>
  formFor(count, { one: `${formatNumber(count)} terminée`, other: `${formatNumber(count)} terminées` });

const canceled = (count: number) =>
  formFor(count, { one: `${formatNumber(count)} annulée`, other: `${formatNumber(count)} annulées` });

export const queue: Translation<typeof english> = {
  heading: 'La file',
  link: 'Vue d’ensemble : la page de la file',
  paused: 'Un opérateur a mis la file en pause. Les images sont encore acceptées, et attendent.',
  drained: 'Un opérateur laisse la file se vider. Aucune image n’est acceptée.',
  pausedAndDrained: 'Un opérateur a arrêté la file : aucune image n’est acceptée, et aucune n’est lue.',
  empty: 'Rien n’attend.',
  grows: (perSecond) =>
    `Il en arrive plus qu’il n’en est lu : ${formatRate(perSecond)} de plus chaque seconde.`,
  stands: 'Rien n’a été lu dans la dernière demi-minute.',
  drains: (ms) => `Vide dans ${formatLongTime(ms)} environ, s’il n’en arrive pas plus que maintenant.`,
  figures: {
    oldest: 'Plus longue attente',
    drain: 'Temps pour la vider',
    arrivals: 'Arrivées par seconde',
    departures: 'Terminées par seconde',
  },
  growing: 'elle s’allonge',
  never: 'à l’arrêt',
  spans: { label: 'Période', minutes: '5\u00a0min', hour: '1 h', day: '24 h' },
  since: { minutes: 'il y a 5 min', hour: 'il y a 1 h', day: 'il y a 24 h' },
  flow: 'Arrivées et départs',
  came,
  went,
  flowInWords: (arrived, done, dropped) =>
    dropped > 0
      ? `${came(arrived)}, ${went(done)}, dont ${canceled(dropped)}.`
      : `${came(arrived)}, ${went(done)}.`,
  canceled,
  bounds: {
    heading: 'Distance aux limites',
    hint: 'À la limite, les nouvelles images sont refusées jusqu’à ce qu’il y ait de la place.',
    pictures: 'Images',
    bytes: 'Poids des images',
    memory: 'Mémoire de Redis',
    count: (used, max) => `${formatNumber(used)} sur ${formatNumber(max)}`,
    size: (used, max) => `${formatBytes(used)} sur ${formatBytes(max)}`,
    unbounded: (used) => `${formatBytes(used)}, sans limite`,
  },
  turns: {
    heading: 'À qui le tour',
    hint: 'Qui a plus de 32 images dans la file passe à tour de rôle avec les autres dans ce cas : une rafale ne retarde donc pas ceux qui en envoient peu.',
    at_once: 'D’abord : les images isolées, par ordre d’arrivée',
    in_turns: 'Ensuite : les rafales d’un même expéditeur, à tour de rôle',
    batches: 'Ensuite : les lots, à tour de rôle',
    again: 'Après une pause : un nouvel essai',
    jobs: (count) =>
      formFor(count, { one: `${formatNumber(count)} tâche`, other: `${formatNumber(count)} tâches` }),
  },
  refused: {
    heading: 'Refusées',
    none: 'Aucune image n’a été refusée.',
  },
  failed: {
    heading: 'N’ont pas pu être lues',
    none: 'Toutes les images ont été lues.',
    last: 'Les dernières',
    open: 'Ouvrir',
  },
  workers: {
    name: (id) => `Worker\u00a0${id}`,
    host: (host, pid) => `${host}, processus ${pid}`,
    holds: 'En cours',
    nothing: 'rien',
    pictures: picturesOf,
    picturesFor: (count, ms) => `${picturesOf(count)}, depuis ${formatLongTime(ms)}`,
    rate: 'Débit',
    perSecond: (rate) => `${formatRate(rate)} par seconde`,
    finished: 'Lues',
    memory: 'Mémoire',
    uptime: 'Actif depuis',
    beat: 'Dernier signe',
    ago: (ms) => `il y a ${formatLongTime(ms)}`,
  },
  operate: {
    heading: 'Piloter',
    enter: 'Se connecter comme opérateur',
    entering: 'En attente du mot de passe…',
    wrongPassword: 'La console n’a pas accepté ce mot de passe.',
    console: 'Console des opérateurs',
    actions: {
      pause: 'Mettre en pause',
      drain: 'Laisser se vider',
      resume: 'Reprendre',
      'retry-failed': 'Relire les échecs',
      purge: 'Tout annuler…',
    },
    about: {
      pause: 'Les workers ne prennent plus rien. Les images sont encore acceptées.',
      drain: 'Aucune image n’est acceptée, et ce qui attend est lu.',
      resume: 'Met fin à la pause et au vidage.',
      'retry-failed': 'Relit ce qui a échoué par la faute du service et qui est conservé.',
      purge: 'Annule tout ce qui attend.',
    },
    sure: (pictures) =>
      formFor(pictures, {
        one: `Annuler ${formatNumber(pictures)} image de la file ? C’est irréversible.`,
        other: `Annuler ce qui attend parmi les ${formatNumber(pictures)} images de la file ? C’est irréversible.`,
      }),
    confirm: 'Annuler tout ce qui attend',
    keep: 'Les garder',
    done: ({ action, count }) => {
      const n = count ?? 0;
      switch (action) {
        case 'pause':
          return 'En pause. Les workers finissent ce qu’ils ont en cours.';
        case 'drain':
          return 'La file se vide. Aucune image n’est acceptée.';
        case 'resume':
          return 'Les images sont acceptées et lues.';
        case 'purge':
          return formFor(n, {
            one: `${formatNumber(n)} image en attente est annulée.`,
            other: `${formatNumber(n)} images en attente sont annulées.`,
          });
        case 'retry-failed':
          return formFor(n, {
            one: `${formatNumber(n)} image est relue.`,
            other: `${formatNumber(n)} images sont relues.`,
          });
      }
    },
    audit: 'Ce que les opérateurs ont fait',
    nobody: 'Rien pour l’instant.',
    entry: (by, at) => `${by}, ${formatDate(at)}`,
  },
};
