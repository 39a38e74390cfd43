import type { images as english } from '../en/images.ts';
import { formatBytes, formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const images: Translation<typeof english> = {
  ways: {
    label: 'Wie du eine Ziffer zeigst',
    draw: 'Zeichnen',
    photo: 'Foto',
    photoHint: 'Ein Foto aufnehmen oder wählen',
    files: 'Dateien',
    filesHint: 'Bilder wählen, eins oder tausend',
    another: 'Noch eins aufnehmen',
  },
  examples: {
    heading: 'Sieh, was es liest',
    reads:
      'Ziffern und Zahlen von Hand: mit Stift, Bleistift oder Kreide, dunkel auf hell oder hell auf dunkel. Keine Buchstaben.',
    drop: 'Leg Bilder oder einen Ordner irgendwo auf dieser Seite ab, oder füge ein Bild ein.',
  },
  samples: 'Bilder zum Ausprobieren',
  sampleImages: {
    pen: 'Blauer Stift, fotografiert',
    pencil: 'Bleistift auf Karopapier',
    chalk: 'Kreide auf einer Tafel',
    star: 'Keine Ziffer',
  },
  sampleOutcomes: { pen: 'Liest 7', pencil: 'Liest 2', chalk: 'Liest 5', star: 'Unsicher' },
  dropHere: 'Zum Lesen hier ablegen',
  notices: {
    text: 'Text kann nicht gelesen werden. Füge ein Bild ein oder die Adresse eines Bildes.',
    'http-address':
      'Die Adresse eines Bildes muss mit https:// beginnen. Speichere das Bild und wähle es dann hier.',
    'closed-address':
      'Dieses Bild kann nur seine eigene Seite öffnen. Kopiere das Bild selbst und füge es ein, oder speichere es und wähle es hier.',
    'no-pictures': 'In diesem Ordner ist kein Bild.',
    'others-left-out':
      'Die Bilder dieses Ordners wurden übernommen. Andere Dateien darin wurden ausgelassen.',
  },
  closeNotice: 'Diese Meldung schließen',
  images: 'Bilder',
  imagesDone: (done, all, failed) =>
    `${formatNumber(done)} von ${formatNumber(all)} fertig${failed > 0 ? `, ${formatNumber(failed)} nicht gelesen` : ''}`,
  imagesSending: ({ sent, total }) => `${formatBytes(sent)} von ${formatBytes(total)} gesendet`,
  imagesEnded: (count, failed) =>
    `Alle ${formatNumber(count)} Bilder sind fertig. ${failed > 0 ? formFor(failed, { one: `${formatNumber(failed)} konnte nicht gelesen werden.`, other: `${formatNumber(failed)} konnten nicht gelesen werden.` }) : ''}`,
  imagesProgress: 'Senden und Lesen aller Bilder',
  leftOut: (count, max) =>
    `${formFor(count, { one: `${formatNumber(count)} Bild wurde`, other: `${formatNumber(count)} Bilder wurden` })} ausgelassen: Hier haben ${formatNumber(max)} auf einmal Platz. Entferne, was fertig ist, und sende dann den Rest.`,
  removeAll: 'Alle entfernen',
  remove: (name) => `${name} entfernen`,
  showImage: (name, state, read) => (read === null ? `${name}: ${state}` : `${read}, ${state}, ${name}`),
  cardResult: (percent, uncertain) => (uncertain ? 'Prüfen' : percent),
  pastedName: 'Eingefügtes Bild',
  backToDrawing: 'Zurück zur Zeichnung',
  notShown: {
    pending: 'Dieser Browser kann das Bild nicht anzeigen. Vielleicht kann der Dienst es trotzdem lesen.',
    done: 'Dieser Browser kann das Bild selbst nicht anzeigen.',
    address: 'Ein Worker hat dieses Bild geholt; die Seite hat es nicht.',
    gone: 'Das Bild selbst blieb nicht erhalten, als die Seite neu geladen wurde.',
  },
  states: {
    waiting: 'Wartet',
    sending: 'Wird gesendet',
    queued: 'In der Warteschlange',
    running: 'Wird gelesen',
  },
};
