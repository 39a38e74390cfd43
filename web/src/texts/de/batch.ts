import type { batch as english } from '../en/batch.ts';
import { formatBytes, formatLongTime, formatNumber, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const batch: Translation<typeof english> = {
  heading: (count) =>
    formFor(count, { one: `${formatNumber(count)} Bild`, other: `${formatNumber(count)} Bilder` }),
  loading: 'Bilder werden geholt …',
  standings: {
    check: (count) => `${formatNumber(count)} zu prüfen`,
    'no-digit': (count) => `${formatNumber(count)} ohne Ziffer`,
    'no-picture': (count) =>
      formFor(count, {
        one: `${formatNumber(count)} kein Bild`,
        other: `${formatNumber(count)} keine Bilder`,
      }),
    failed: (count) => `${formatNumber(count)} fehlgeschlagen`,
    unsent: (count) => `${formatNumber(count)} nicht gesendet`,
    canceled: (count) => `${formatNumber(count)} abgebrochen`,
    read: (count) => `${formatNumber(count)} gelesen`,
    open: (count) => `${formatNumber(count)} offen`,
  },
  all: (count) => `Alle ${formatNumber(count)}`,
  filters: 'Welche Bilder zu sehen sind',
  queued: 'In der Warteschlange. Der Platz bleibt erhalten.',
  sending: ({ sent, total }) => `${formatBytes(sent)} von ${formatBytes(total)} gesendet.`,
  timeLeft: (ms) => `Noch etwa ${formatLongTime(ms)}.`,
  ended: (count, failed, doubtful) =>
    [
      `Alle ${formatNumber(count)} Bilder sind fertig.`,
      failed > 0
        ? formFor(failed, {
            one: `${formatNumber(failed)} konnte nicht gelesen werden.`,
            other: `${formatNumber(failed)} konnten nicht gelesen werden.`,
          })
        : '',
      doubtful > 0 ? `${formatNumber(doubtful)} zu prüfen.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  unsentNote:
    'Was nicht gesendet wurde, hat diese Seite nicht mehr: Nur der Tab, in dem Bilder gewählt wurden, kann sie senden. Wähle sie noch einmal.',
  leftOut: (count, max) =>
    `${formFor(count, { one: `${formatNumber(count)} Bild wurde`, other: `${formatNumber(count)} Bilder wurden` })} ausgelassen: Höchstens ${formatNumber(max)} gehen zusammen. Sende den Rest danach.`,
  actions: 'Was mit allen Bildern geschehen soll',
  download: 'CSV herunterladen',
  print: 'Drucken',
  retry: (count) => `${formatNumber(count)} noch einmal versuchen`,
  cancel: 'Rest abbrechen',
  view: { label: 'Ansicht', cards: 'Karten', table: 'Tabelle' },
  order: { label: 'Reihenfolge', doubtful: 'Zweifelhafte zuerst', sent: 'Wie gesendet' },
  nothing: 'Kein Bild passt.',
  pictures: 'Bilder',
  unnamed: (place) => `Bild ${formatNumber(place)}`,
  noDigit: 'Keine Ziffer',
  byHand: 'Von dir gesetzt',
  card: (read, state, name) => `${read}, ${state}, ${name}`,
  cardUnread: (state, name) => `${state} ${name}`,
  columns: { name: 'Datei', read: 'Gelesen als', sure: 'Wie sicher', place: 'Nr.', picture: 'Bild' },
  viewer: {
    of: (place, count) => `${formatNumber(place)} von ${formatNumber(count)}`,
    previous: 'Voriges Bild',
    next: 'Nächstes Bild',
    question: 'Was ist darauf?',
    keys: (digit) => `Es ist eine ${digit}`,
    number: 'Zahl',
    undo: 'Wie gelesen',
    undoNone: 'Zurücknehmen',
    open: 'Eigene Seite',
    hint: 'Tasten: ← → blättern, 0 bis 9 setzen die Ziffer.',
    feedback: 'Auch als Rückmeldung an den Dienst gesendet.',
    spoken: (label, place, count) => `${label}. ${formatNumber(place)} von ${formatNumber(count)}.`,
  },
  report: { title: 'Handgeschriebene Ziffern, gelesen von Inkqueue' },
  history: {
    heading: 'Bilder, die zusammen kamen',
    remove: (count, when) =>
      formFor(count, {
        one: `${formatNumber(count)} Bild löschen, ${when}`,
        other: `${formatNumber(count)} Bilder löschen, ${when}`,
      }),
  },
};
