import type { sheet as english } from '../en/sheet.ts';
import type { Translation } from '../translation.ts';

export const sheet: Translation<typeof english> = {
  invitation: 'Écrivez un chiffre ou un nombre',
  sheetLabel: 'Feuille où dessiner un chiffre',
  sheetHint:
    'Dessinez un chiffre ici. Au clavier : les flèches déplacent le stylo, Espace le pose et le lève, E prend la gomme.',
  penDown: 'Stylo posé',
  penUp: 'Stylo levé',
  tools: 'Outils de dessin',
  undo: 'Annuler',
  redo: 'Rétablir',
  eraser: 'Gomme',
  clear: 'Effacer',
  penWidth: 'Épaisseur du trait',
  pens: { fine: 'Fin', medium: 'Moyen', broad: 'Large' },
  sample: 'Montrez-moi',
  sampleHint: 'Dessine un chiffre d’exemple et le fait lire',
};
