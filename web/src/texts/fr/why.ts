import type { Region } from '../../state/prediction/why-map.ts';
import type { why as english } from '../en/why.ts';
import type { Translation } from '../translation.ts';

const places: Record<Region, string> = {
  'top-left': 'en haut à gauche',
  'top-centre': 'en haut',
  'top-right': 'en haut à droite',
  'middle-left': 'à gauche',
  'middle-centre': 'au milieu',
  'middle-right': 'à droite',
  'bottom-left': 'en bas à gauche',
  'bottom-centre': 'en bas',
  'bottom-right': 'en bas à droite',
};

export const why: Translation<typeof english> = {
  ask: 'Pourquoi ce chiffre ?',
  asking: 'L’encre est masquée morceau par morceau…',
  legend:
    'L’encre orange plaide pour le chiffre, l’encre bleue contre lui : si on la masque, le chiffre devient moins probable, ou plus probable. Pointez une barre, ou choisissez-la, pour un autre chiffre.',
  pick: (digit) => `Ce qui plaide pour un ${digit}`,
  words(digit, found) {
    if (found.for && found.against)
      return `C’est l’encre ${places[found.for]} qui plaide le plus pour un ${digit} ; l’encre ${places[found.against]} plaide contre.`;
    if (found.for) return `C’est l’encre ${places[found.for]} qui plaide le plus pour un ${digit}.`;
    if (found.against) return `C’est l’encre ${places[found.against]} qui plaide le plus contre un ${digit}.`;
    return `Aucune encre ne plaide nettement pour un ${digit}, ni contre.`;
  },
  failed: (what) => `L’explication a échoué. ${what}`,
  beyond: 'Seuls les premiers chiffres d’un long nombre sont expliqués.',
};
