import type { model as english } from '../en/model.ts';
import { formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const model: Translation<typeof english> = {
  title: (name, version) => `${name} (version ${version})`,
  loading: 'Récupération de ce que le service dit du modèle…',
  notFound: (name) => ({
    what: `Aucun worker n’utilise ${name} en ce moment.`,
    next: 'Les modèles des workers prêts ont chacun leur page.',
  }),
  howWell: 'Qualité de lecture',
  setOf: (set, n) =>
    formFor(n, {
      one: `${set} : ${formatNumber(n)} image d’un seul chiffre`,
      other: `${set} : ${formatNumber(n)} images d’un seul chiffre`,
    }),
  readRight: (share) => `${share} bien lues`,
  byKind: 'Par type, le plus difficile d’abord',
  share: (share) => `${formatNumber(share * 100)} %`,
  shareOf: (share, n) => `${share} sur ${formatNumber(n)}`,
  misreads: 'Ce qu’il lit mal',
  misreadsNone: 'Aucun chiffre pris pour un autre.',
  misread: (digit, read, count) =>
    count === 1 ? `${digit} lu ${read}, une fois` : `${digit} lu ${read}, ${formatNumber(count)} fois`,
  reliability: 'Certitude annoncée et lectures justes',
  reliabilityInWords: 'Diagramme de fiabilité ; le tableau qui suit donne les mêmes nombres.',
  reliabilityCaption:
    'Chaque point réunit des résultats de certitude semblable ; plus il y en a, plus il est gros. Au-dessus de la ligne, le modèle a raison plus souvent qu’il ne le dit ; au-dessous, moins souvent.',
  asTable: 'Les mêmes données en tableau',
  sure: 'Certitude',
  right: 'Lectures justes',
  pictures: 'Images',
  tick: (share) => `${Math.round(share * 100)}`,
  card: 'Fiche du modèle',
};
