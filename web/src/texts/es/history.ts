import type { history as english } from '../en/history.ts';
import { formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const history: Translation<typeof english> = {
  heading: 'Historial',
  where: 'Los resultados de este navegador. No salen de este dispositivo.',
  drawing: 'Dibujo',
  count: (count, searched) =>
    searched
      ? count === 0
        ? 'No se encontró nada'
        : formFor(count, {
            one: `${formatNumber(count)} encontrado`,
            other: `${formatNumber(count)} encontrados`,
          })
      : formFor(count, { one: `${formatNumber(count)} guardado`, other: `${formatNumber(count)} guardados` }),
  remove: (read, name) => `Eliminar ${read}, ${name}`,
  removeAll: 'Eliminar todo',
  removed: (count) => (count === 1 ? 'Eliminado.' : `${formatNumber(count)} eliminados.`),
  empty: 'Aquí todavía no hay nada.',
  emptyNext: 'Lo que dibujes y envíes aparecerá aquí cuando se haya leído.',
};
