import type { result as english } from '../en/result.ts';
import { formatDate } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const result: Translation<typeof english> = {
  title: (when) => `Ergebnis vom ${formatDate(when)}`,
  loading: 'Ergebnis wird geholt …',
  noNetworkInput: 'Das Bild selbst wird nicht aufbewahrt.',
  drawNew: 'Neu zeichnen',
  actions: 'Kopieren und teilen',
  copyCurl: 'Als curl kopieren',
  copyJson: 'JSON kopieren',
  gone: 'Der Dienst hat dieses Ergebnis nicht mehr.',
  ownCopy:
    'Das ist die Kopie, die dieser Browser behalten hat. Andere, die den Link öffnen, sehen sie nicht.',
};
