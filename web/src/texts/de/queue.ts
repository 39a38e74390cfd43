import type { queue as english } from '../en/queue.ts';
import { formatBytes, formatDate, formatLongTime, formatNumber, formatRate, formFor } from '../formats.ts';
import type { Translation } from '../translation.ts';

const picturesInWords = (count: number) =>
  formFor(count, { one: `${formatNumber(count)} Bild`, other: `${formatNumber(count)} Bilder` });

export const queue: Translation<typeof english> = {
  heading: 'Die Warteschlange',
  link: 'Alles im Überblick: die Warteschlange als Seite',
  paused: 'Der Betreiber hat die Warteschlange angehalten. Bilder werden weiter angenommen und warten.',
  drained: 'Der Betreiber lässt die Warteschlange leerlaufen. Es wird kein Bild angenommen.',
  pausedAndDrained:
    'Der Betreiber hat die Warteschlange gestoppt: Es wird kein Bild angenommen und keines gelesen.',
  empty: 'Nichts wartet.',
  grows: (perSecond) => `Es kommen mehr, als gelesen werden: jede Sekunde ${formatRate(perSecond)} mehr.`,
  stands: 'In der letzten halben Minute wurde nichts gelesen.',
  drains: (ms) => `In etwa ${formatLongTime(ms)} leer, wenn nicht mehr kommen als jetzt.`,
  figures: {
    oldest: 'Längste Wartezeit',
    drain: 'Zeit bis leer',
    arrivals: 'Neu pro Sekunde',
    departures: 'Fertig pro Sekunde',
  },
  growing: 'wächst',
  never: 'steht still',
  spans: { label: 'Zeitraum', minutes: '5 min', hour: '1 h', day: '24 h' },
  since: { minutes: 'vor 5 min', hour: 'vor 1 h', day: 'vor 24 h' },
  flow: 'Eingang und Abgang',
  came: (count) => `${formatNumber(count)} neu`,
  went: (count) => `${formatNumber(count)} fertig`,
  flowInWords: (came, went, canceled) =>
    canceled > 0
      ? `${formatNumber(came)} neu, ${formatNumber(went)} fertig, davon ${formatNumber(canceled)} abgebrochen.`
      : `${formatNumber(came)} neu, ${formatNumber(went)} fertig.`,
  canceled: (count) => `${formatNumber(count)} abgebrochen`,
  bounds: {
    heading: 'Wie nah an den Grenzen',
    hint: 'An einer Grenze werden weitere Bilder abgelehnt, bis wieder Platz ist.',
    pictures: 'Bilder',
    bytes: 'Bytes der Bilder',
    memory: 'Speicher von Redis',
    count: (used, max) => `${formatNumber(used)} von ${formatNumber(max)}`,
    size: (used, max) => `${formatBytes(used)} von ${formatBytes(max)}`,
    unbounded: (used) => `${formatBytes(used)}, ohne Grenze`,
  },
  turns: {
    heading: 'Wer an der Reihe ist',
    hint: 'Wer mehr als 32 Bilder in der Warteschlange hat, wechselt sich mit anderen ab, die auch so viele haben. So hält ein Ansturm niemanden auf, der wenige sendet.',
    at_once: 'Als Nächstes: einzelne Bilder, wie sie kamen',
    in_turns: 'Dann: viele Bilder einzelner Absender, reihum',
    batches: 'Dann: Stapel, reihum',
    again: 'Nach einer Pause: ein neuer Versuch',
    jobs: (count) =>
      formFor(count, { one: `${formatNumber(count)} Job`, other: `${formatNumber(count)} Jobs` }),
  },
  refused: {
    heading: 'Abgelehnt',
    none: 'Kein Bild wurde abgelehnt.',
  },
  failed: {
    heading: 'Nicht lesbar',
    none: 'Jedes Bild wurde gelesen.',
    last: 'Die letzten davon',
    open: 'Öffnen',
  },
  workers: {
    name: (id) => `Worker ${id}`,
    host: (host, pid) => `${host}, Prozess ${pid}`,
    holds: 'In Arbeit',
    nothing: 'nichts',
    pictures: picturesInWords,
    picturesFor: (count, ms) => `${picturesInWords(count)}, seit ${formatLongTime(ms)}`,
    rate: 'Tempo',
    perSecond: (rate) => `${formatRate(rate)} pro Sekunde`,
    finished: 'Gelesen',
    memory: 'Speicher',
    uptime: 'Läuft seit',
    beat: 'Letztes Lebenszeichen',
    ago: (ms) => `vor ${formatLongTime(ms)}`,
  },
  operate: {
    heading: 'Betrieb',
    enter: 'Als Betreiber anmelden',
    entering: 'Wartet auf das Passwort …',
    wrongPassword: 'Die Konsole hat dieses Passwort nicht angenommen.',
    console: 'Konsole',
    actions: {
      pause: 'Anhalten',
      drain: 'Leerlaufen lassen',
      resume: 'Fortsetzen',
      'retry-failed': 'Fehlgeschlagene wiederholen',
      purge: 'Wartende abbrechen …',
    },
    about: {
      pause: 'Worker nehmen nichts Neues mehr. Bilder werden weiter angenommen.',
      drain: 'Es wird kein Bild angenommen; was wartet, wird gelesen.',
      resume: 'Beendet das Anhalten und das Leerlaufen.',
      'retry-failed': 'Liest noch einmal, was durch einen Fehler des Dienstes scheiterte und aufbewahrt ist.',
      purge: 'Bricht alles ab, was wartet.',
    },
    sure: (pictures) =>
      formFor(pictures, {
        one: 'Das eine Bild in der Warteschlange abbrechen? Das lässt sich nicht zurücknehmen.',
        other: `Von den ${formatNumber(pictures)} Bildern in der Warteschlange alle abbrechen, die warten? Das lässt sich nicht zurücknehmen.`,
      }),
    confirm: 'Alle wartenden abbrechen',
    keep: 'Behalten',
    done: ({ action, count }) => {
      const n = count ?? 0;
      switch (action) {
        case 'pause':
          return 'Angehalten. Worker lesen zu Ende, was sie in Arbeit haben.';
        case 'drain':
          return 'Läuft leer. Es wird kein Bild angenommen.';
        case 'resume':
          return 'Bilder werden angenommen und gelesen.';
        case 'purge':
          return formFor(n, {
            one: `${formatNumber(n)} wartendes Bild ist abgebrochen.`,
            other: `${formatNumber(n)} wartende Bilder sind abgebrochen.`,
          });
        case 'retry-failed':
          return formFor(n, {
            one: `${formatNumber(n)} Bild wird noch einmal gelesen.`,
            other: `${formatNumber(n)} Bilder werden noch einmal gelesen.`,
          });
      }
    },
    audit: 'Was Betreiber getan haben',
    nobody: 'Noch nichts.',
    entry: (by, at) => `${by}, ${formatDate(at)}`,
  },
};
