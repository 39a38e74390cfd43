import { IMAGE_MAX_BYTES } from '../../state/image-limit.ts';
import type * as english from '../en/failures.ts';
import { formatBytes } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const keptHere = 'Votre image est gardée ici.';

const tooLarge = 'Ce fichier est trop lourd.';
const sendAgain = 'Envoyez-la à nouveau.';
const waitedTooLong = 'L’image a attendu trop longtemps dans la file.';
const sendPictureAgain = 'Envoyez l’image à nouveau.';
const sendPicturesAgain = 'Envoyez les images à nouveau.';
const reloadPage = 'Rechargez la page.';
const tryInAMoment = 'Réessayez dans un instant.';
const offline = 'Vous êtes hors ligne.';
const unreachable = 'Le service est injoignable.';
const queueAway = 'La file est injoignable pour le moment.';

export const serviceWords = false;

export const failures: Translation<typeof english.failures> = {
  'no-ink': {
    what: 'Aucun chiffre trouvé.',
    next: 'Dessinez-le ou photographiez-le plus grand ou plus foncé.',
  },
  'too-large': {
    what: tooLarge,
    get next() {
      return IMAGE_MAX_BYTES === null
        ? 'Envoyez une image plus petite.'
        : `Envoyez une image plus petite, de ${formatBytes(IMAGE_MAX_BYTES)} au plus.`;
    },
  },
  'too-large-for-proxy': {
    what: tooLarge,
    next: 'Un serveur placé devant le service ne le laisse pas passer. Envoyez une image plus petite.',
  },
  'too-many-pixels': {
    what: 'Cette image a trop de pixels.',
    next: 'Réduisez-la, ou recadrez-la sur le chiffre.',
  },
  'too-small': {
    what: 'Cette image est trop petite pour être lue.',
    next: 'Envoyez-en une avec plus de pixels.',
  },
  'unsupported-format': {
    what: 'Ce n’est pas une image que nous pouvons lire.',
    next: 'Choisissez un fichier PNG, JPEG, WebP, GIF, TIFF, AVIF ou BMP.',
  },
  'unreadable-image': {
    what: 'Cette image est endommagée.',
    next: 'Enregistrez-la à nouveau, ou choisissez-en une autre.',
  },
  'empty-file': { what: 'Ce fichier est vide.', next: 'Choisissez-en un autre.' },
  'headers-too-large': {
    what: 'Ce navigateur envoie trop de choses avec ses requêtes.',
    next: 'Supprimez les cookies de ce site, puis réessayez.',
  },
  drained: { what: 'Le service n’accepte pas d’images pour le moment.', next: keptHere },
  'queue-full': { what: 'La file est pleine pour le moment.', next: keptHere },
  busy: { what: 'Le service est très sollicité pour le moment.', next: keptHere },
  'redis-unavailable': { what: queueAway, next: keptHere },
  canceled: { what: 'Cette image a été annulée.', next: sendAgain },
  'deadline-passed': {
    what: waitedTooLong,
    next: sendAgain,
  },
  'upload-expired': {
    what: waitedTooLong,
    next: sendAgain,
  },
  'upload-timeout': {
    what: 'L’envoi a pris trop de temps.',
    next: 'Réessayez, ou choisissez une image plus petite.',
  },
  'worker-lost': {
    what: 'Les workers se sont arrêtés pendant la lecture de l’image.',
    next: sendAgain,
  },
  'prediction-expired': {
    what: 'Ce résultat n’est plus conservé.',
    next: sendPictureAgain,
  },
  'batch-expired': {
    what: 'Ces résultats ne sont plus conservés.',
    next: sendPicturesAgain,
  },
  'batch-not-found': {
    what: 'Le service ne connaît pas ces images.',
    next: sendPicturesAgain,
  },
  'prediction-not-found': {
    what: 'Le service ne connaît pas cette prédiction.',
    next: sendPictureAgain,
  },
  'feedback-full': { what: 'Il n’y a plus de place pour d’autres avis.', next: 'Réessayez un autre jour.' },
  'feedback-off': { what: 'Le service ne recueille plus d’avis.', next: reloadPage },
  internal: { what: 'Un problème est survenu dans le service.', next: tryInAMoment },
  'unreadable-file': {
    what: 'Ce fichier ne peut pas être ouvert.',
    next: 'Un dossier ne peut pas être lu ; choisissez les images qu’il contient. Un fichier déplacé doit être choisi à nouveau.',
  },
  'not-sent': {
    what: 'Cette image n’a pas été envoyée.',
    next: 'La page a été rechargée avant son tour. Choisissez-la à nouveau.',
  },
  'address-refused': {
    what: 'Ce service ne va pas chercher d’images sur d’autres pages.',
    next: 'Enregistrez l’image, puis choisissez-la ici, ou copiez l’image elle-même et collez-la.',
  },
  'fetch-refused': {
    what: 'Le service n’a pas le droit de charger depuis cette adresse.',
    next: 'Enregistrez l’image, puis choisissez-la ici.',
  },
  'fetch-failed': {
    what: 'Aucune image n’est venue de cette adresse.',
    next: 'Vérifiez l’adresse, ou enregistrez l’image et choisissez-la ici.',
  },
  'changed-file': {
    what: 'Ce fichier ne peut plus être lu.',
    next: 'Il a changé depuis son choix, ou ce navigateur n’a pas le droit de l’ouvrir. Choisissez-le à nouveau.',
  },
  'altered-drawing': {
    what: 'Ce navigateur a modifié le dessin.',
    next: 'Sa protection contre le pistage change ce qu’une page dessine : rien n’a donc été envoyé. Autorisez cette page à utiliser les données de canvas, ou envoyez une photo.',
  },
  'page-error': {
    what: 'Un problème est survenu sur cette page.',
    next: 'Rechargez-la. Si cela n’aide pas, ce navigateur est peut-être trop ancien : mettez-le à jour.',
  },
  offline: { what: offline, next: 'La lecture reprend au retour du réseau.' },
  unreachable: { what: unreachable, next: keptHere },
  'unexpected-response': {
    what: 'Le service a envoyé une réponse que cette page ne comprend pas.',
    next: reloadPage,
  },
};

export const otherFailure: Translation<typeof english.otherFailure> = {
  what: 'Le service a refusé cette image.',
  next: 'Rechargez la page, ou essayez une autre image.',
};

export const resultMayBeThere = 'Le résultat est peut-être encore là.';

const noResult = {
  what: 'Il n’y a pas de résultat à cette adresse.',
  next: 'Vérifiez que le lien a été copié en entier, ou dessinez-en un autre.',
};

export const resultFailures: Translation<typeof english.resultFailures> = {
  'prediction-expired': {
    what: 'Ce résultat a expiré.',
    next: 'Les résultats ne sont conservés qu’un temps. Dessinez ou envoyez le chiffre à nouveau.',
  },
  'prediction-not-found': noResult,
  'invalid-request': noResult,
  offline: { what: offline, next: 'Le résultat arrive au retour du réseau.' },
  unreachable: { what: unreachable, next: resultMayBeThere },
  'redis-unavailable': { what: queueAway, next: resultMayBeThere },
};

export const batchFailures: Translation<typeof english.batchFailures> = {
  'batch-expired': {
    what: 'Ces images ont expiré.',
    next: 'Les résultats ne sont conservés qu’un temps. Envoyez les images à nouveau.',
  },
  'batch-not-found': {
    what: 'Il n’y a pas d’images à cette adresse.',
    next: 'Vérifiez que le lien a été copié en entier, ou envoyez les images à nouveau.',
  },
};

export const otherResultFailure: Translation<typeof english.otherResultFailure> = {
  what: 'Le résultat ne peut pas être affiché.',
  next: tryInAMoment,
};
