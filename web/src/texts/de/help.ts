import type { help as english } from '../en/help.ts';
import type { Translation } from '../translation.ts';

export const help: Translation<typeof english> = {
  open: 'Tastatur',
  heading: 'Mit der Tastatur',
  or: 'oder',
  keys: { space: 'Leertaste', arrows: 'Pfeiltasten' },
  page: 'Überall',
  sheet: 'Auf dem Blatt',
  number: 'Auf den Ziffern einer Zahl',
  batch: 'Unter vielen Bildern',
  actions: {
    help: 'Diese Tasten zeigen',
    paste: 'Das kopierte Bild lesen',
    move: 'Den Stift um ein Kästchen bewegen',
    pen: 'Den Stift aufsetzen und abheben',
    giveUp: 'Den Strich verwerfen',
    eraser: 'Zwischen Stift und Radierer wechseln',
    choose: 'Die nächste oder vorige Ziffer ansehen',
    go: 'Zum nächsten oder vorigen Bild gehen',
    ends: 'Zum ersten oder letzten Bild gehen',
    setRight: 'Berichtigen, was im offenen Bild gelesen wurde',
  },
};
