import type { Region } from '../../state/prediction/why-map.ts';
import type { why as english } from '../en/why.ts';
import type { Translation } from '../translation.ts';

const places: Record<Region, string> = {
  'top-left': 'oben links',
  'top-centre': 'oben',
  'top-right': 'oben rechts',
  'middle-left': 'links',
  'middle-centre': 'in der Mitte',
  'middle-right': 'rechts',
  'bottom-left': 'unten links',
  'bottom-centre': 'unten',
  'bottom-right': 'unten rechts',
};

export const why: Translation<typeof english> = {
  ask: 'Warum diese Ziffer?',
  asking: 'Die Tinte wird Stück für Stück verdeckt …',
  legend:
    'Orange Tinte spricht für die Ziffer, blaue dagegen: Ohne diese Tinte wird die Ziffer unwahrscheinlicher oder wahrscheinlicher. Zeig auf einen Balken oder wähle ihn, um eine andere Ziffer zu sehen.',
  pick: (digit) => `Was für eine ${digit} spricht`,
  words(digit, found) {
    if (found.for && found.against)
      return `Die Tinte ${places[found.for]} spricht am meisten für eine ${digit}; die Tinte ${places[found.against]} spricht dagegen.`;
    if (found.for) return `Die Tinte ${places[found.for]} spricht am meisten für eine ${digit}.`;
    if (found.against) return `Die Tinte ${places[found.against]} spricht am meisten gegen eine ${digit}.`;
    return `Keine Tinte spricht deutlich für eine ${digit} oder dagegen.`;
  },
  failed: (what) => `Das ließ sich nicht erklären. ${what}`,
  beyond: 'Bei einer langen Zahl werden nur die ersten Ziffern erklärt.',
};
