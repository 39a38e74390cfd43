import type { answer as english } from '../en/answer.ts';
import { formatBytes, formatLongTime, formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const answer: Translation<typeof english> = {
  answer: 'Réponse',
  yourDrawing: 'Votre dessin',
  readFirst: (read) => `${read}, `,
  reading: 'Lecture…',
  sending: 'Envoi…',
  stillSending: 'Encore en route vers le service.',
  uploading: ({ sent, total }) => `${formatBytes(sent)} sur ${formatBytes(total)} envoyés.`,
  stillWaiting: 'L’envoi se fait quand son tour vient.',
  stillReading: 'Lecture en cours.',
  stillQueued: 'Lecture en cours. Votre place dans la file est gardée.',
  ahead: (count) =>
    formFor(count, {
      one: `${formatNumber(count)} image passe avant.`,
      other: `${formatNumber(count)} images passent avant.`,
    }),
  aheadFor: (count, ms) =>
    count === 0
      ? `C’est la prochaine, dans environ ${formatLongTime(ms)}.`
      : formFor(count, {
          one: `${formatNumber(count)} image passe avant, environ ${formatLongTime(ms)}.`,
          other: `${formatNumber(count)} images passent avant, environ ${formatLongTime(ms)}.`,
        }),
  sure: {
    certain: 'Presque certain',
    very: 'Très sûr',
    fairly: 'Assez sûr',
    unsure: 'Pas sûr',
    guess: 'Simple supposition',
    'perhaps-none': 'Peut-être pas un chiffre',
    'perhaps-not-all': 'Peut-être pas que des chiffres',
  },
  ifDigit: (percent) => `Si c’en est un : ${percent}`,
  ifAllDigits: (percent) => `Si ce ne sont que des chiffres : ${percent}`,
  uncertain: 'À vérifier : ce n’est peut-être pas un chiffre, ou pas un chiffre clair.',
  nextBest: (digit, percent) => `Cela pourrait aussi être un ${digit} (${percent}).`,
  probabilities: 'Probabilité de chaque chiffre',
  spoken: (read, sure, percent) => `${read}. ${sure}, ${percent}.`,
  spokenPerhapsNone: (read, percent) => `${read}, si c’est bien un chiffre : alors ${percent}. À vérifier.`,
  spokenPerhapsNotAll: (read, percent) =>
    `${read}, si ce ne sont que des chiffres : alors ${percent}. À vérifier.`,
  uncertainNumber: 'À vérifier : tout n’est pas clair dans ce nombre.',
  doubts: (count) =>
    formFor(count, {
      one: 'Vérifiez plutôt le chiffre souligné.',
      other: 'Vérifiez plutôt les chiffres soulignés.',
    }),
  copyNumber: 'Copier le nombre',
  digits: 'Chiffres de l’image',
  networkInput: {
    caption: 'Ce que le réseau a vu',
    captionOf: (place, count) => `Chiffre ${place}\u00a0sur\u00a0${count}, tel que le réseau l’a vu`,
    missing: 'non disponible',
    inWords: (width, height, ink) =>
      `${width} × ${height} pixels en blanc sur noir, ${Math.round(ink * 100)} % d’encre`,
  },
  feedback: {
    open: (digit) => `Pas un ${digit} ? Dites-nous ce que c’est`,
    question: 'Qu’est-ce que c’est vraiment ?',
    noDigit: 'Aucun chiffre',
    thanks: (digit) =>
      digit === null ? 'Merci. Enregistré comme « aucun chiffre ».' : `Merci. Enregistré comme ${digit}.`,
    change: 'Modifier',
    notSaved: 'Cela n’a pas été enregistré.',
  },
  journey: {
    heading: 'Parcours de cette prédiction',
    steps: { sent: 'Envoi', queued: 'File', running: 'Lecture', back: 'Retour', done: 'Terminé' },
    stagesOf: 'Ce que le worker a fait',
    stages: {
      decode: 'décodage',
      normalize: 'normalisation',
      network: 'réseau',
      explain: 'explication',
      rest: 'autre',
    },
    stage: (name, time) => `${name} ${time}`,
    model: (name, version) => `${name} ${version}`,
    worker: (id) => `worker\u00a0${id}`,
    together: (others, inputs) =>
      others > 0
        ? formFor(others, {
            one: `lue avec ${formatNumber(others)} autre image`,
            other: `lue avec ${formatNumber(others)} autres images`,
          })
        : inputs > 1
          ? `lue seule, ${formatNumber(inputs)} candidats à la fois`
          : 'lue seule',
  },
};
