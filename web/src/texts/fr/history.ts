import type { history as english } from '../en/history.ts';
import { formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const history: Translation<typeof english> = {
  heading: 'Historique',
  where: 'Les résultats de ce navigateur. Ils restent sur cet appareil.',
  drawing: 'Dessin',
  count: (count, searched) =>
    searched
      ? count === 0
        ? 'Aucun résultat'
        : formFor(count, { one: `${formatNumber(count)} trouvé`, other: `${formatNumber(count)} trouvés` })
      : formFor(count, {
          one: `${formatNumber(count)} enregistré`,
          other: `${formatNumber(count)} enregistrés`,
        }),
  remove: (read, name) => `Supprimer ${read}, ${name}`,
  removeAll: 'Tout supprimer',
  removed: (count) => (count === 1 ? 'Supprimé.' : `${formatNumber(count)} supprimés.`),
  empty: 'Rien ici pour l’instant.',
  emptyNext: 'Ce que vous dessinez et envoyez apparaît ici une fois lu.',
};
