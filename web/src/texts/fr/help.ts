import type { help as english } from '../en/help.ts';
import type { Translation } from '../translation.ts';

export const help: Translation<typeof english> = {
  open: 'Clavier',
  heading: 'Au clavier',
  or: 'ou',
  keys: { space: 'Espace', arrows: 'Flèches' },
  page: 'Partout',
  sheet: 'Sur la feuille',
  number: 'Sur les chiffres d’un nombre',
  batch: 'Parmi de nombreuses images',
  actions: {
    help: 'Afficher ces touches',
    paste: 'Lire l’image copiée',
    move: 'Déplacer le stylo d’un carreau',
    pen: 'Poser et lever le stylo',
    giveUp: 'Abandonner le trait',
    eraser: 'Passer du stylo à la gomme',
    choose: 'Voir le chiffre suivant ou précédent',
    go: 'Aller à l’image suivante ou précédente',
    ends: 'Aller à la première ou à la dernière image',
    setRight: 'Corriger ce qui a été lu dans l’image ouverte',
  },
};
