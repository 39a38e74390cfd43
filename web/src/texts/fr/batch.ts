import type { batch as english } from '../en/batch.ts';
import { formatBytes, formatLongTime, formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const batch: Translation<typeof english> = {
  heading: (count) =>
    formFor(count, { one: `${formatNumber(count)} image`, other: `${formatNumber(count)} images` }),
  loading: 'Récupération des images…',
  standings: {
    check: (count) => `${formatNumber(count)} à vérifier`,
    'no-digit': (count) => `${formatNumber(count)} sans chiffre`,
    'no-picture': (count) =>
      formFor(count, {
        one: `${formatNumber(count)} n’est pas une image`,
        other: `${formatNumber(count)} ne sont pas des images`,
      }),
    failed: (count) => `${formatNumber(count)} en échec`,
    unsent: (count) =>
      formFor(count, {
        one: `${formatNumber(count)} non envoyée`,
        other: `${formatNumber(count)} non envoyées`,
      }),
    canceled: (count) =>
      formFor(count, { one: `${formatNumber(count)} annulée`, other: `${formatNumber(count)} annulées` }),
    read: (count) =>
      formFor(count, { one: `${formatNumber(count)} lue`, other: `${formatNumber(count)} lues` }),
    open: (count) => `${formatNumber(count)} à venir`,
  },
  all: (count) => `Toutes (${formatNumber(count)})`,
  filters: 'Images à afficher',
  queued: 'Dans la file. Votre place est gardée.',
  sending: ({ sent, total }) => `${formatBytes(sent)} sur ${formatBytes(total)} envoyés.`,
  timeLeft: (ms) => `Encore ${formatLongTime(ms)} environ.`,
  ended: (count, failed, doubtful) =>
    [
      formFor(count, {
        one: `${formatNumber(count)} image est terminée.`,
        other: `Les ${formatNumber(count)} images sont terminées.`,
      }),
      failed > 0
        ? formFor(failed, {
            one: `${formatNumber(failed)} n’a pas pu être lue.`,
            other: `${formatNumber(failed)} n’ont pas pu être lues.`,
          })
        : '',
      doubtful > 0 ? `${formatNumber(doubtful)} à vérifier.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  unsentNote:
    'Ce qui n’a pas été envoyé n’est plus sur cette page : seul l’onglet où des images ont été choisies peut les envoyer. Choisissez-les à nouveau.',
  leftOut: (count, max) =>
    `${formFor(count, { one: `${formatNumber(count)} image a été laissée`, other: `${formatNumber(count)} images ont été laissées` })} de côté : ${formatNumber(max)} au plus partent ensemble. Envoyez le reste ensuite.`,
  actions: 'Que faire de toutes les images',
  download: 'Télécharger le CSV',
  print: 'Imprimer',
  retry: (count) => `Réessayer (${formatNumber(count)})`,
  cancel: 'Annuler le reste',
  view: { label: 'Affichage', cards: 'Cartes', table: 'Tableau' },
  order: { label: 'Ordre', doubtful: 'Douteuses d’abord', sent: 'Ordre d’envoi' },
  nothing: 'Aucune image ne correspond.',
  pictures: 'Images',
  unnamed: (place) => `Image ${formatNumber(place)}`,
  noDigit: 'Aucun chiffre',
  byHand: 'Saisi par vous',
  card: (read, state, name) => `${read}, ${state}, ${name}`,
  cardUnread: (state, name) => `${state} ${name}`,
  columns: { name: 'Fichier', read: 'Lu', sure: 'Certitude', place: 'N°', picture: 'Image' },
  viewer: {
    of: (place, count) => `${formatNumber(place)} sur ${formatNumber(count)}`,
    previous: 'Image précédente',
    next: 'Image suivante',
    question: 'Que montre-t-elle ?',
    keys: (digit) => `Elle montre un ${digit}`,
    number: 'Nombre',
    undo: 'Revenir à la lecture',
    undoNone: 'Retirer cette réponse',
    open: 'Sa propre page',
    hint: 'Touches : ← → pour changer d’image, 0 à 9 pour indiquer le chiffre.',
    feedback: 'Transmis aussi au service comme avis.',
    spoken: (label, place, count) => `${label}. ${formatNumber(place)} sur ${formatNumber(count)}.`,
  },
  report: { title: 'Chiffres manuscrits, lus par Inkqueue' },
  history: {
    heading: 'Images envoyées ensemble',
    remove: (count, when) =>
      formFor(count, {
        one: `Supprimer ${formatNumber(count)} image, ${when}`,
        other: `Supprimer ${formatNumber(count)} images, ${when}`,
      }),
  },
};
