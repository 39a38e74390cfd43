import type { program as english } from '../en/program.ts';
import type { Translation } from '../translation.ts';

export const program: Translation<typeof english> = {
  heading: 'L’utiliser depuis un programme',
  loading: 'Chargement…',
  request: 'Requête',
  response: 'Réponse, en direct',
  none: 'S’affiche une fois l’image lue.',
  language: 'Langage',
  languages: { curl: 'curl', javascript: 'JavaScript', python: 'Python' },
  save: (name) => `Enregistrer ${name}`,
  needs: {
    curl: (_file, name) => `À lancer là où se trouve ${name}.`,
    javascript: (file, name) =>
      `Enregistrez-le sous ${file} à côté de ${name}, puis lancez « node ${file} ». Il suffit d’avoir Node.js 20 ou plus récent.`,
    python: (file, name) =>
      `Enregistrez-le sous ${file} à côté de ${name}, puis lancez « python3 ${file} ». Il suffit d’avoir Python 3.`,
  },
  someName: 'chiffre.png',
  drawingName: 'dessin.png',
};
