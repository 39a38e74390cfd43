import type { shell as english } from '../en/shell.ts';
import { formatShortDate } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const shell: Translation<typeof english> = {
  name: 'Inkqueue',
  tagline: 'lit les chiffres manuscrits',
  apiDocs: 'API',
  docs: 'Documentation de l’API',
  navigation: 'Rubriques',
  newTab: '(s’ouvre dans un nouvel onglet)',
  titles: {
    desk: 'Inkqueue lit les chiffres manuscrits',
    history: 'Historique · Inkqueue',
    queue: 'La file · Inkqueue',
    result: 'Résultat · Inkqueue',
    batch: 'Images · Inkqueue',
    missing: 'Introuvable · Inkqueue',
    model: 'Modèle · Inkqueue',
  },
  missing: {
    what: 'Il n’y a rien à cette adresse.',
    next: 'Vérifiez que l’adresse a été copiée en entier.',
  },
  link: 'Lien',
  copyLink: 'Copier le lien',
  linkWorksUntil: (when) => `Le lien fonctionne jusqu’au ${formatShortDate(when)}.`,
  copy: 'Copier',
  copied: 'Copié',
  close: 'Fermer',
  search: 'Nombre ou nom de fichier',
  drawDigit: 'Dessiner un chiffre',
  copyByHand: 'À copier à la main',
  json: 'JSON',
  offline: 'Vous êtes hors ligne. Le dessin fonctionne ; la lecture reprend au retour du réseau.',
  polling: 'Pas de connexion en direct : les réponses arrivent un peu plus tard.',
  away: 'Le service est injoignable. Ce qu’il a accepté garde sa place.',
  retryIn: (seconds) => (seconds > 0 ? `Nouvel essai dans ${seconds} s.` : 'Nouvel essai…'),
  retryNow: 'Réessayer maintenant',
  language: 'Langue',
  languageMissing: (language) =>
    `${language} n’a pas pu être chargé. Choisissez-le à nouveau pour réessayer.`,
  partMissing: 'Cette partie de la page n’a pas pu être chargée.',
  reloadPage: 'Recharger la page',
};
