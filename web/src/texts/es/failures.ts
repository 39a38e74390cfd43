import { IMAGE_MAX_BYTES } from '../../state/image-limit.ts';
import type * as english from '../en/failures.ts';
import { formatBytes } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const keptHere = 'Tu imagen se conserva aquí.';

const tooLarge = 'Este archivo es demasiado grande.';
const sendAgain = 'Envíala de nuevo.';
const waitedTooLong = 'La imagen esperó demasiado en la cola.';
const sendPictureAgain = 'Envía la imagen de nuevo.';
const sendPicturesAgain = 'Envía las imágenes de nuevo.';
const reloadPage = 'Vuelve a cargar la página.';
const tryInAMoment = 'Inténtalo de nuevo en un momento.';
const offline = 'Estás sin conexión.';
const unreachable = 'No se puede contactar con el servicio.';
const queueAway = 'Ahora no se puede contactar con la cola.';

export const serviceWords = false;

export const failures: Translation<typeof english.failures> = {
  'no-ink': {
    what: 'No se encontró ningún dígito.',
    next: 'Dibújalo o fotografíalo más grande o más oscuro.',
  },
  'too-large': {
    what: tooLarge,
    get next() {
      return IMAGE_MAX_BYTES === null
        ? 'Envía una imagen más pequeña.'
        : `Envía una imagen más pequeña, de ${formatBytes(IMAGE_MAX_BYTES)} como máximo.`;
    },
  },
  'too-large-for-proxy': {
    what: tooLarge,
    next: 'Un servidor delante del servicio no lo deja pasar. Envía una imagen más pequeña.',
  },
  'too-many-pixels': {
    what: 'Esta imagen tiene demasiados píxeles.',
    next: 'Redúcela o recórtala hasta el dígito.',
  },
  'too-small': {
    what: 'Esta imagen es demasiado pequeña para leerla.',
    next: 'Envía una con más píxeles.',
  },
  'unsupported-format': {
    what: 'No es una imagen que podamos leer.',
    next: 'Elige un archivo PNG, JPEG, WebP, GIF, TIFF, AVIF o BMP.',
  },
  'unreadable-image': { what: 'Esta imagen está dañada.', next: 'Guárdala de nuevo o elige otra.' },
  'empty-file': { what: 'Este archivo está vacío.', next: 'Elige otro.' },
  'headers-too-large': {
    what: 'Este navegador envía demasiado con sus peticiones.',
    next: 'Borra las cookies de este sitio e inténtalo de nuevo.',
  },
  drained: { what: 'El servicio no acepta imágenes en este momento.', next: keptHere },
  'queue-full': { what: 'La cola está llena en este momento.', next: keptHere },
  busy: { what: 'El servicio está ocupado en este momento.', next: keptHere },
  'redis-unavailable': { what: queueAway, next: keptHere },
  canceled: { what: 'Esta imagen se canceló.', next: sendAgain },
  'deadline-passed': { what: waitedTooLong, next: sendAgain },
  'upload-expired': { what: waitedTooLong, next: sendAgain },
  'upload-timeout': {
    what: 'El envío tardó demasiado.',
    next: 'Inténtalo de nuevo o elige una imagen más pequeña.',
  },
  'worker-lost': {
    what: 'Los workers se detuvieron mientras leían la imagen.',
    next: sendAgain,
  },
  'prediction-expired': { what: 'Este resultado ya no se conserva.', next: sendPictureAgain },
  'batch-expired': { what: 'Estos resultados ya no se conservan.', next: sendPicturesAgain },
  'batch-not-found': {
    what: 'El servicio no conoce estas imágenes.',
    next: sendPicturesAgain,
  },
  'prediction-not-found': {
    what: 'El servicio no conoce esta predicción.',
    next: sendPictureAgain,
  },
  'feedback-full': { what: 'No caben más comentarios.', next: 'Inténtalo otro día.' },
  'feedback-off': { what: 'El servicio ya no recoge comentarios.', next: reloadPage },
  internal: { what: 'Algo salió mal dentro del servicio.', next: tryInAMoment },
  'unreadable-file': {
    what: 'Este archivo no se puede abrir.',
    next: 'Las carpetas no se pueden leer; elige las imágenes que contienen. Si moviste el archivo, elígelo de nuevo.',
  },
  'not-sent': {
    what: 'Esta imagen no se envió.',
    next: 'La página se volvió a cargar antes de su turno. Elígela de nuevo.',
  },
  'address-refused': {
    what: 'Este servicio no descarga imágenes de otras páginas.',
    next: 'Guarda la imagen y elígela aquí, o copia la propia imagen y pégala.',
  },
  'fetch-refused': {
    what: 'El servicio no puede descargar nada de esta dirección.',
    next: 'Guarda la imagen y elígela aquí.',
  },
  'fetch-failed': {
    what: 'No llegó ninguna imagen de esta dirección.',
    next: 'Comprueba la dirección, o guarda la imagen y elígela aquí.',
  },
  'changed-file': {
    what: 'Este archivo ya no se puede leer.',
    next: 'Cambió después de elegirlo, o este navegador no puede abrirlo. Elígelo de nuevo.',
  },
  'altered-drawing': {
    what: 'Este navegador alteró el dibujo.',
    next: 'Su protección contra el rastreo cambia lo que dibuja una página, así que no se envió nada. Permite que esta página use datos de canvas o envía una foto.',
  },
  'page-error': {
    what: 'Algo salió mal en esta página.',
    next: 'Vuelve a cargarla. Si no ayuda, puede que el navegador sea demasiado antiguo: actualízalo.',
  },
  offline: { what: offline, next: 'La lectura continúa cuando vuelva la red.' },
  unreachable: { what: unreachable, next: keptHere },
  'unexpected-response': {
    what: 'El servicio envió una respuesta que esta página no entiende.',
    next: reloadPage,
  },
};

export const otherFailure: Translation<typeof english.otherFailure> = {
  what: 'El servicio rechazó esta imagen.',
  next: 'Vuelve a cargar la página o prueba con otra imagen.',
};

export const resultMayBeThere = 'Puede que el resultado siga ahí.';

const noResult = {
  what: 'No hay ningún resultado en este enlace.',
  next: 'Comprueba que copiaste el enlace entero o dibuja otro.',
};

export const resultFailures: Translation<typeof english.resultFailures> = {
  'prediction-expired': {
    what: 'Este resultado ha caducado.',
    next: 'Los resultados se conservan solo un tiempo. Dibuja o envía el dígito de nuevo.',
  },
  'prediction-not-found': noResult,
  'invalid-request': noResult,
  offline: { what: offline, next: 'El resultado llega cuando vuelva la red.' },
  unreachable: { what: unreachable, next: resultMayBeThere },
  'redis-unavailable': { what: queueAway, next: resultMayBeThere },
};

export const batchFailures: Translation<typeof english.batchFailures> = {
  'batch-expired': {
    what: 'Estas imágenes han caducado.',
    next: 'Los resultados se conservan solo un tiempo. Envía las imágenes de nuevo.',
  },
  'batch-not-found': {
    what: 'No hay ninguna imagen en este enlace.',
    next: 'Comprueba que copiaste el enlace entero o envía las imágenes de nuevo.',
  },
};

export const otherResultFailure: Translation<typeof english.otherResultFailure> = {
  what: 'No se puede mostrar el resultado.',
  next: tryInAMoment,
};
