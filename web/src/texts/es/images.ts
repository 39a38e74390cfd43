import type { images as english } from '../en/images.ts';
import { formatBytes, formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const images: Translation<typeof english> = {
  ways: {
    label: 'Maneras de mostrar un dígito',
    draw: 'Dibujar',
    photo: 'Foto',
    photoHint: 'Hacer una foto o elegir una',
    files: 'Archivos',
    filesHint: 'Elegir imágenes, una o mil',
    another: 'Hacer otra',
  },
  examples: {
    heading: 'Mira lo que lee',
    reads:
      'Dígitos y números a mano: con bolígrafo, lápiz o tiza, oscuro sobre claro o claro sobre oscuro. Letras, no.',
    drop: 'Suelta imágenes o una carpeta en cualquier sitio de esta página, o pega una imagen.',
  },
  samples: 'Imágenes para probar',
  sampleImages: {
    pen: 'Bolígrafo azul, fotografiado',
    pencil: 'Lápiz sobre papel cuadriculado',
    chalk: 'Tiza en una pizarra',
    star: 'No es un dígito',
  },
  sampleOutcomes: { pen: 'Lee 7', pencil: 'Lee 2', chalk: 'Lee 5', star: 'Poco seguro' },
  dropHere: 'Suelta para que se lea',
  notices: {
    text: 'El texto no se puede leer. Pega una imagen o la dirección de una.',
    'http-address': 'La dirección de una imagen debe empezar por https://. Guarda la imagen y elígela aquí.',
    'closed-address':
      'Solo su propia página puede abrir esa imagen. Copia la propia imagen y pégala, o guárdala y elígela aquí.',
    'no-pictures': 'No hay ninguna imagen en esa carpeta.',
    'others-left-out':
      'Se tomaron las imágenes de esa carpeta. También tiene otros archivos, que quedaron fuera.',
  },
  closeNotice: 'Cerrar este mensaje',
  images: 'Imágenes',
  imagesDone: (done, all, failed) =>
    `${formatNumber(done)} de ${formatNumber(all)} listas${failed > 0 ? `, ${formatNumber(failed)} sin leer` : ''}`,
  imagesSending: ({ sent, total }) => `enviando, ${formatBytes(sent)} de ${formatBytes(total)}`,
  imagesEnded: (count, failed) =>
    `Las ${formatNumber(count)} imágenes están listas. ${failed > 0 ? formFor(failed, { one: `No se pudo leer ${formatNumber(failed)}.`, other: `No se pudieron leer ${formatNumber(failed)}.` }) : ''}`,
  imagesProgress: 'Envío y lectura de todas las imágenes',
  leftOut: (count, max) =>
    `${formFor(count, { one: `Quedó fuera ${formatNumber(count)} imagen`, other: `Quedaron fuera ${formatNumber(count)} imágenes` })}: aquí caben ${formatNumber(max)} a la vez. Quita las que estén listas y envía el resto.`,
  removeAll: 'Quitar todas',
  remove: (name) => `Quitar ${name}`,
  showImage: (name, state, read) => (read === null ? `${name}: ${state}` : `${read}, ${state}, ${name}`),
  cardResult: (percent, uncertain) => (uncertain ? 'Revisar' : percent),
  pastedName: 'Imagen pegada',
  backToDrawing: 'Volver al dibujo',
  notShown: {
    pending: 'Este navegador no puede mostrar la imagen. Puede que el servicio sí la lea.',
    done: 'Este navegador no puede mostrar la imagen.',
    address: 'Un worker descargó esta imagen; la página no la tiene.',
    gone: 'La imagen no se conservó al volver a cargar la página.',
  },
  states: {
    waiting: 'En espera',
    sending: 'Enviando',
    queued: 'En la cola',
    running: 'Leyendo',
  },
};
