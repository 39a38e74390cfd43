import type { model as english } from '../en/model.ts';
import { formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const model: Translation<typeof english> = {
  title: (name, version) => `${name}, Version ${version}`,
  loading: 'Angaben zum Modell werden geholt …',
  notFound: (name) => ({
    what: `Gerade läuft kein Worker mit ${name}.`,
    next: 'Seiten gibt es für die Modelle der Worker, die bereit sind.',
  }),
  howWell: 'Wie gut es liest',
  setOf: (set, n) => `${set}: ${formatNumber(n)} Bilder mit einer Ziffer`,
  readRight: (share) => `${share} richtig gelesen`,
  byKind: 'Nach Art, die schwierigste zuerst',
  share: (share) => `${formatNumber(share * 100)} %`,
  shareOf: (share, n) => `${share} von ${formatNumber(n)}`,
  misreads: 'Was es falsch liest',
  misreadsNone: 'Keine Ziffer als eine andere.',
  misread: (digit, read, count) =>
    formFor(count, {
      one: `${digit} als ${read} gelesen, einmal`,
      other: `${digit} als ${read} gelesen, ${formatNumber(count)}-mal`,
    }),
  reliability: 'Wie sicher es ist und wie oft richtig',
  reliabilityInWords: 'Zuverlässigkeitsdiagramm; die Tabelle danach hat dieselben Zahlen.',
  reliabilityCaption:
    'Jeder Punkt steht für Ergebnisse mit ähnlicher Sicherheit, ein größerer für mehr davon. Über der Linie stimmen sie öfter als angegeben, darunter seltener.',
  asTable: 'Dasselbe als Tabelle',
  sure: 'Wie sicher',
  right: 'Richtig',
  pictures: 'Bilder',
  tick: (share) => `${Math.round(share * 100)}`,
  card: 'Modellkarte',
};
