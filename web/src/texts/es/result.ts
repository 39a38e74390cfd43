import type { result as english } from '../en/result.ts';
import { formatDate } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const result: Translation<typeof english> = {
  title: (when) => `Resultado del ${formatDate(when)}`,
  loading: 'Obteniendo el resultado…',
  noNetworkInput: 'La imagen no se conserva.',
  drawNew: 'Dibujar otro',
  actions: 'Copiar y compartir',
  copyCurl: 'Copiar como curl',
  copyJson: 'Copiar JSON',
  gone: 'El servicio ya no tiene este resultado.',
  ownCopy: 'Esta es la copia que guardó este navegador. Otras personas que abran el enlace no la ven.',
};
