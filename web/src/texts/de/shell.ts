import type { shell as english } from '../en/shell.ts';
import { formatShortDate } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const shell: Translation<typeof english> = {
  name: 'Inkqueue',
  tagline: 'liest handgeschriebene Ziffern',
  apiDocs: 'API',
  docs: 'API-Dokumentation',
  navigation: 'Seiten',
  newTab: '(öffnet einen neuen Tab)',
  titles: {
    desk: 'Inkqueue liest handgeschriebene Ziffern',
    history: 'Verlauf · Inkqueue',
    queue: 'Die Warteschlange · Inkqueue',
    result: 'Ergebnis · Inkqueue',
    batch: 'Bilder · Inkqueue',
    missing: 'Nicht gefunden · Inkqueue',
    model: 'Modell · Inkqueue',
  },
  missing: {
    what: 'Unter dieser Adresse gibt es nichts.',
    next: 'Prüfe, ob die ganze Adresse kopiert wurde.',
  },
  link: 'Link',
  copyLink: 'Link kopieren',
  linkWorksUntil: (when) => `Der Link gilt bis ${formatShortDate(when)}.`,
  copy: 'Kopieren',
  copied: 'Kopiert',
  close: 'Schließen',
  search: 'Zahl oder Dateiname',
  drawDigit: 'Ziffer zeichnen',
  copyByHand: 'Hier von Hand kopieren',
  json: 'JSON',
  offline: 'Du bist offline. Zeichnen geht weiter; gelesen wird, sobald das Netz wieder da ist.',
  polling: 'Keine Live-Verbindung: Antworten kommen etwas später.',
  away: 'Der Dienst ist nicht erreichbar. Was er angenommen hat, behält seinen Platz.',
  retryIn: (seconds) => (seconds > 0 ? `Neuer Versuch in ${seconds} s.` : 'Neuer Versuch …'),
  retryNow: 'Jetzt versuchen',
  language: 'Sprache',
  languageMissing: (language) =>
    `${language} konnte nicht geladen werden. Wähle die Sprache noch einmal, um es wieder zu versuchen.`,
  partMissing: 'Dieser Teil der Seite konnte nicht geladen werden.',
  reloadPage: 'Seite neu laden',
};
