import type { history as english } from '../en/history.ts';
import { formatNumber } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const history: Translation<typeof english> = {
  heading: 'Verlauf',
  where: 'Die Ergebnisse dieses Browsers. Sie bleiben auf diesem Gerät.',
  drawing: 'Zeichnung',
  count: (count, searched) =>
    searched
      ? count === 0
        ? 'Nichts gefunden'
        : `${formatNumber(count)} gefunden`
      : `${formatNumber(count)} gespeichert`,
  remove: (read, name) => `${read} löschen, ${name}`,
  removeAll: 'Alle löschen',
  removed: (count) => (count === 1 ? 'Gelöscht.' : `${formatNumber(count)} gelöscht.`),
  empty: 'Noch nichts hier.',
  emptyNext: 'Was du zeichnest und sendest, steht hier, sobald es gelesen ist.',
};
