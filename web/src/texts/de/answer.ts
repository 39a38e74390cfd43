import type { answer as english } from '../en/answer.ts';
import { formatBytes, formatLongTime, formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const answer: Translation<typeof english> = {
  answer: 'Antwort',
  yourDrawing: 'Deine Zeichnung',
  readFirst: (read) => `${read}, `,
  reading: 'Liest …',
  sending: 'Sendet …',
  stillSending: 'Noch unterwegs zum Dienst.',
  uploading: ({ sent, total }) => `${formatBytes(sent)} von ${formatBytes(total)} gesendet.`,
  stillWaiting: 'Wird gesendet, sobald es an der Reihe ist.',
  stillReading: 'Wird noch gelesen.',
  stillQueued: 'Wird noch gelesen. Der Platz in der Warteschlange bleibt erhalten.',
  ahead: (count) =>
    count === 0
      ? 'Als Nächstes an der Reihe.'
      : formFor(count, {
          one: `${formatNumber(count)} Bild ist noch davor.`,
          other: `${formatNumber(count)} Bilder sind noch davor.`,
        }),
  aheadFor: (count, ms) =>
    count === 0
      ? `Als Nächstes an der Reihe, in etwa ${formatLongTime(ms)}.`
      : formFor(count, {
          one: `${formatNumber(count)} Bild ist noch davor, etwa ${formatLongTime(ms)}.`,
          other: `${formatNumber(count)} Bilder sind noch davor, etwa ${formatLongTime(ms)}.`,
        }),
  sure: {
    certain: 'Fast sicher',
    very: 'Sehr sicher',
    fairly: 'Ziemlich sicher',
    unsure: 'Unsicher',
    guess: 'Nur geraten',
    'perhaps-none': 'Vielleicht keine Ziffer',
    'perhaps-not-all': 'Vielleicht nicht nur Ziffern',
  },
  ifDigit: (percent) => `Falls es eine ist: ${percent}`,
  ifAllDigits: (percent) => `Falls alles Ziffern sind: ${percent}`,
  uncertain: 'Besser nachsehen: Das ist vielleicht keine oder keine klare Ziffer.',
  nextBest: (digit, percent) => `Es könnte auch eine ${digit} sein (${percent}).`,
  probabilities: 'Wahrscheinlichkeit jeder Ziffer',
  spoken: (read, sure, percent) => `${read}. ${sure}, ${percent}.`,
  spokenPerhapsNone: (read, percent) =>
    `${read}, falls es überhaupt eine Ziffer ist: dann ${percent}. Besser nachsehen.`,
  spokenPerhapsNotAll: (read, percent) =>
    `${read}, falls alles Ziffern sind: dann ${percent}. Besser nachsehen.`,
  uncertainNumber: 'Besser nachsehen: Nicht alles an dieser Zahl ist klar.',
  doubts: (count) =>
    formFor(count, {
      one: 'Die unterstrichene Ziffer besser nachsehen.',
      other: 'Die unterstrichenen Ziffern besser nachsehen.',
    }),
  copyNumber: 'Zahl kopieren',
  digits: 'Ziffern im Bild',
  networkInput: {
    caption: 'Was das Netz gesehen hat',
    captionOf: (place, count) => `Ziffer ${place}\u00a0von\u00a0${count}, wie das Netz sie gesehen hat`,
    missing: 'nicht verfügbar',
    inWords: (width, height, ink) =>
      `${width} × ${height} Pixel in Weiß auf Schwarz, ${Math.round(ink * 100)} % der vollen Tinte`,
  },
  feedback: {
    open: (digit) => `Keine ${digit}? Sag uns, was es ist`,
    question: 'Was ist es wirklich?',
    noDigit: 'Keine Ziffer',
    thanks: (digit) =>
      digit === null ? 'Danke. Als „keine Ziffer“ gespeichert.' : `Danke. Als ${digit} gespeichert.`,
    change: 'Ändern',
    notSaved: 'Das wurde nicht gespeichert.',
  },
  journey: {
    heading: 'Weg dieser Vorhersage',
    steps: { sent: 'Gesendet', queued: 'Gewartet', running: 'Gelesen', back: 'Zurück', done: 'Fertig' },
    stagesOf: 'Was der Worker getan hat',
    stages: {
      decode: 'dekodieren',
      normalize: 'normalisieren',
      network: 'Netz',
      explain: 'erklären',
      rest: 'Sonstiges',
    },
    stage: (name, time) => `${name} ${time}`,
    model: (name, version) => `${name} ${version}`,
    worker: (id) => `Worker ${id}`,
    together: (others, inputs) =>
      others > 0
        ? formFor(others, {
            one: `zusammen mit ${formatNumber(others)} weiteren Bild gelesen`,
            other: `zusammen mit ${formatNumber(others)} weiteren Bildern gelesen`,
          })
        : inputs > 1
          ? `allein gelesen, ${formatNumber(inputs)} Kandidaten zugleich`
          : 'allein gelesen',
  },
};
