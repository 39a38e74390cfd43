import type { Region } from '../../state/prediction/why-map.ts';
import type { why as english } from '../en/why.ts';
import type { Translation } from '../translation.ts';

const places: Record<Region, string> = {
  'top-left': 'de arriba a la izquierda',
  'top-centre': 'de arriba',
  'top-right': 'de arriba a la derecha',
  'middle-left': 'de la izquierda',
  'middle-centre': 'del centro',
  'middle-right': 'de la derecha',
  'bottom-left': 'de abajo a la izquierda',
  'bottom-centre': 'de abajo',
  'bottom-right': 'de abajo a la derecha',
};

export const why: Translation<typeof english> = {
  ask: '¿Por qué este dígito?',
  asking: 'Tapando la tinta poco a poco…',
  legend:
    'La tinta naranja habla a favor del dígito y la azul, en contra: si se tapa esa tinta, el dígito es menos probable, o más. Señala una barra, o elígela, para ver otro dígito.',
  pick: (digit) => `Lo que habla a favor de un ${digit}`,
  words(digit, found) {
    if (found.for && found.against)
      return `La tinta ${places[found.for]} es la que más habla a favor de un ${digit}; la tinta ${places[found.against]} habla en contra.`;
    if (found.for) return `La tinta ${places[found.for]} es la que más habla a favor de un ${digit}.`;
    if (found.against)
      return `La tinta ${places[found.against]} es la que más habla en contra de un ${digit}.`;
    return `Ninguna tinta habla con claridad a favor de un ${digit} ni en contra.`;
  },
  failed: (what) => `No se pudo explicar. ${what}`,
  beyond: 'De un número largo solo se explican los primeros dígitos.',
};
