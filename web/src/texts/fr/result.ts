import type { result as english } from '../en/result.ts';
import { formatDate } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const result: Translation<typeof english> = {
  title: (when) => `Résultat du ${formatDate(when)}`,
  loading: 'Récupération du résultat…',
  noNetworkInput: 'L’image elle-même n’est pas conservée.',
  drawNew: 'En dessiner un autre',
  actions: 'Copier et partager',
  copyCurl: 'Copier en curl',
  copyJson: 'Copier le JSON',
  gone: 'Le service n’a plus ce résultat.',
  ownCopy:
    'Ceci est la copie gardée par ce navigateur. Les autres personnes qui ouvrent le lien ne la voient pas.',
};
