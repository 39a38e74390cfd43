import type { Region } from '../../state/prediction/why-map.ts';

const places: Record<Region, string> = {
  'top-left': 'at the top left',
  'top-centre': 'at the top',
  'top-right': 'at the top right',
  'middle-left': 'on the left',
  'middle-centre': 'in the middle',
  'middle-right': 'on the right',
  'bottom-left': 'at the bottom left',
  'bottom-centre': 'at the bottom',
  'bottom-right': 'at the bottom right',
};

/** Why a digit was read. */
export const why = {
  ask: 'Why this digit?',
  asking: 'Covering the ink bit by bit…',
  legend:
    'Orange ink speaks for the digit, blue ink against it: with that ink covered, the digit is less likely, or more. Point at a bar, or choose it, for another digit.',
  pick: (digit: number) => `What speaks for a ${digit}`,
  words(digit: number, found: { for: Region | null; against: Region | null }): string {
    if (found.for && found.against)
      return `The ink ${places[found.for]} speaks most for a ${digit}; the ink ${places[found.against]} speaks against it.`;
    if (found.for) return `The ink ${places[found.for]} speaks most for a ${digit}.`;
    if (found.against) return `The ink ${places[found.against]} speaks most against a ${digit}.`;
    return `No ink speaks clearly for a ${digit}, or against it.`;
  },
  failed: (what: string) => `It could not be explained. ${what}`,
  beyond: 'Only the first digits of a long number are explained.',
};
