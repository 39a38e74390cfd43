import type { model as english } from '../en/model.ts';
import { formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const model: Translation<typeof english> = {
  title: (name, version) => `${name}, versión ${version}`,
  loading: 'Obteniendo lo que el servicio dice del modelo…',
  notFound: (name) => ({
    what: `Ningún worker usa ${name} en este momento.`,
    next: 'Tienen página los modelos de los workers que están listos.',
  }),
  howWell: 'Lo bien que lee',
  setOf: (set, n) => `${set}: ${formatNumber(n)} imágenes de un dígito`,
  readRight: (share) => `${share} bien leídas`,
  byKind: 'Por tipo, primero el más difícil',
  share: (share) => `${formatNumber(share * 100)} %`,
  shareOf: (share, n) => `${share} de ${formatNumber(n)}`,
  misreads: 'Lo que lee mal',
  misreadsNone: 'Ningún dígito como otro.',
  misread: (digit, read, count) =>
    formFor(count, {
      one: `${digit} leído como ${read}, una vez`,
      other: `${digit} leído como ${read}, ${formatNumber(count)} veces`,
    }),
  reliability: 'Certeza frente a aciertos',
  reliabilityInWords: 'Diagrama de fiabilidad; la tabla siguiente tiene los mismos números.',
  reliabilityCaption:
    'Cada punto representa resultados de certeza parecida; cuanto más grande, más son. Por encima de la línea acierta más de lo que dice; por debajo, menos.',
  asTable: 'Lo mismo en una tabla',
  sure: 'Certeza',
  right: 'Aciertos',
  pictures: 'Imágenes',
  tick: (share) => `${Math.round(share * 100)}`,
  card: 'Ficha del modelo',
};
