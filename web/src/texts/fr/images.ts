import type { images as english } from '../en/images.ts';
import { formatBytes, formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const images: Translation<typeof english> = {
  ways: {
    label: 'Façons de montrer un chiffre',
    draw: 'Dessin',
    photo: 'Photos',
    photoHint: 'Prendre une photo, ou en choisir une',
    files: 'Fichiers',
    filesHint: 'Choisir des images, une ou mille',
    another: 'En prendre une autre',
  },
  examples: {
    heading: 'Voyez ce qu’il lit',
    reads:
      'Chiffres et nombres écrits à la main : au stylo, au crayon ou à la craie, foncé sur clair ou clair sur foncé. Pas de lettres.',
    drop: 'Déposez des images ou un dossier n’importe où sur cette page, ou collez une image.',
  },
  samples: 'Images à essayer',
  sampleImages: {
    pen: 'Stylo bleu, photographié',
    pencil: 'Crayon sur papier quadrillé',
    chalk: 'Craie sur un tableau',
    star: 'Pas un chiffre',
  },
  sampleOutcomes: { pen: 'Lu : 7', pencil: 'Lu : 2', chalk: 'Lu : 5', star: 'Pas sûr' },
  dropHere: 'Déposez pour faire lire',
  notices: {
    text: 'Le texte ne peut pas être lu. Collez une image, ou l’adresse d’une image.',
    'http-address':
      'L’adresse d’une image doit commencer par https://. Enregistrez l’image, puis choisissez-la ici.',
    'closed-address':
      'Seule sa propre page peut ouvrir cette image. Copiez l’image elle-même et collez-la, ou enregistrez-la et choisissez-la ici.',
    'no-pictures': 'Il n’y a pas d’image dans ce dossier.',
    'others-left-out':
      'Les images de ce dossier ont été prises. Il contient aussi d’autres fichiers, qui ont été laissés de côté.',
  },
  closeNotice: 'Fermer ce message',
  images: 'Images',
  imagesDone: (done, all, failed) =>
    `${formatNumber(done)} sur ${formatNumber(all)} terminées${failed > 0 ? formFor(failed, { one: `, ${formatNumber(failed)} non lue`, other: `, ${formatNumber(failed)} non lues` }) : ''}`,
  imagesSending: ({ sent, total }) => `envoi : ${formatBytes(sent)} sur ${formatBytes(total)}`,
  imagesEnded: (count, failed) =>
    `Les ${formatNumber(count)} images sont terminées. ${failed > 0 ? formFor(failed, { one: `${formatNumber(failed)} n’a pas pu être lue.`, other: `${formatNumber(failed)} n’ont pas pu être lues.` }) : ''}`,
  imagesProgress: 'Envoi et lecture de toutes les images',
  leftOut: (count, max) =>
    `${formFor(count, { one: `${formatNumber(count)} image a été laissée`, other: `${formatNumber(count)} images ont été laissées` })} de côté : il y a place pour ${formatNumber(max)} à la fois. Retirez celles qui sont terminées, puis envoyez le reste.`,
  removeAll: 'Tout retirer',
  remove: (name) => `Retirer ${name}`,
  showImage: (name, state, read) => (read === null ? `${name} : ${state}` : `${read}, ${state}, ${name}`),
  cardResult: (percent, uncertain) => (uncertain ? 'À vérifier' : percent),
  pastedName: 'Image collée',
  backToDrawing: 'Retour au dessin',
  notShown: {
    pending: 'Ce navigateur ne peut pas afficher cette image. Le service peut peut-être la lire.',
    done: 'Ce navigateur ne peut pas afficher l’image elle-même.',
    address: 'Un worker a récupéré cette image ; la page ne l’a pas.',
    gone: 'L’image elle-même n’a pas été conservée au rechargement de la page.',
  },
  states: {
    waiting: 'En attente',
    sending: 'Envoi',
    queued: 'Dans la file',
    running: 'Lecture',
  },
};
