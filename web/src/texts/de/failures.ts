import { IMAGE_MAX_BYTES } from '../../state/image-limit.ts';
import type * as english from '../en/failures.ts';
import { formatBytes } from '../formats.ts';
import type { Translation } from '../translation.ts';

export const keptHere = 'Dein Bild bleibt hier erhalten.';

const tooLarge = 'Diese Datei ist zu groß.';
const sendAgain = 'Sende es noch einmal.';
const waitedTooLong = 'Das Bild hat zu lange in der Warteschlange gewartet.';
const sendPictureAgain = 'Sende das Bild noch einmal.';
const sendPicturesAgain = 'Sende die Bilder noch einmal.';
const reloadPage = 'Lade die Seite neu.';
const tryInAMoment = 'Versuche es gleich noch einmal.';
const offline = 'Du bist offline.';
const unreachable = 'Der Dienst ist nicht erreichbar.';
const queueAway = 'Die Warteschlange ist gerade nicht erreichbar.';

export const serviceWords = false;

export const failures: Translation<typeof english.failures> = {
  'no-ink': { what: 'Keine Ziffer gefunden.', next: 'Zeichne oder fotografiere sie größer oder dunkler.' },
  'too-large': {
    what: tooLarge,
    get next() {
      return IMAGE_MAX_BYTES === null
        ? 'Sende ein kleineres Bild.'
        : `Sende ein kleineres Bild, höchstens ${formatBytes(IMAGE_MAX_BYTES)}.`;
    },
  },
  'too-large-for-proxy': {
    what: tooLarge,
    next: 'Ein Server vor dem Dienst lässt sie nicht durch. Sende ein kleineres Bild.',
  },
  'too-many-pixels': {
    what: 'Dieses Bild hat zu viele Pixel.',
    next: 'Verkleinere es oder schneide es auf die Ziffer zu.',
  },
  'too-small': {
    what: 'Dieses Bild ist zu klein, um es zu lesen.',
    next: 'Sende eines mit mehr Pixeln.',
  },
  'unsupported-format': {
    what: 'Das ist kein Bild, das wir lesen können.',
    next: 'Wähle eine Datei in PNG, JPEG, WebP, GIF, TIFF, AVIF oder BMP.',
  },
  'unreadable-image': {
    what: 'Dieses Bild ist beschädigt.',
    next: 'Speichere es neu oder wähle ein anderes.',
  },
  'empty-file': { what: 'Diese Datei ist leer.', next: 'Wähle eine andere.' },
  'headers-too-large': {
    what: 'Dieser Browser schickt mit seinen Anfragen zu viel mit.',
    next: 'Lösche die Cookies dieser Website und versuche es dann noch einmal.',
  },
  drained: { what: 'Der Dienst nimmt gerade keine Bilder an.', next: keptHere },
  'queue-full': { what: 'Die Warteschlange ist gerade voll.', next: keptHere },
  busy: { what: 'Der Dienst ist gerade ausgelastet.', next: keptHere },
  'redis-unavailable': { what: queueAway, next: keptHere },
  canceled: { what: 'Dieses Bild wurde abgebrochen.', next: sendAgain },
  'deadline-passed': {
    what: waitedTooLong,
    next: sendAgain,
  },
  'upload-expired': {
    what: waitedTooLong,
    next: sendAgain,
  },
  'upload-timeout': {
    what: 'Das Senden hat zu lange gedauert.',
    next: 'Versuche es noch einmal oder wähle ein kleineres Bild.',
  },
  'worker-lost': {
    what: 'Die Worker sind ausgefallen, während sie das Bild lasen.',
    next: sendAgain,
  },
  'prediction-expired': {
    what: 'Dieses Ergebnis wird nicht mehr aufbewahrt.',
    next: sendPictureAgain,
  },
  'batch-expired': {
    what: 'Diese Ergebnisse werden nicht mehr aufbewahrt.',
    next: sendPicturesAgain,
  },
  'batch-not-found': { what: 'Der Dienst kennt diese Bilder nicht.', next: sendPicturesAgain },
  'prediction-not-found': {
    what: 'Der Dienst kennt diese Vorhersage nicht.',
    next: sendPictureAgain,
  },
  'feedback-full': {
    what: 'Für weitere Rückmeldungen ist kein Platz.',
    next: 'Versuche es an einem anderen Tag noch einmal.',
  },
  'feedback-off': { what: 'Der Dienst nimmt keine Rückmeldungen mehr an.', next: reloadPage },
  internal: { what: 'Im Dienst ist etwas schiefgegangen.', next: tryInAMoment },
  'unreadable-file': {
    what: 'Diese Datei lässt sich nicht öffnen.',
    next: 'Ordner können nicht gelesen werden; wähle die Bilder darin. Eine verschobene Datei muss neu gewählt werden.',
  },
  'not-sent': {
    what: 'Dieses Bild wurde nicht gesendet.',
    next: 'Die Seite wurde neu geladen, bevor es an der Reihe war. Wähle es noch einmal.',
  },
  'address-refused': {
    what: 'Dieser Dienst holt keine Bilder von anderen Seiten.',
    next: 'Speichere das Bild und wähle es dann hier, oder kopiere das Bild selbst und füge es ein.',
  },
  'fetch-refused': {
    what: 'Der Dienst darf von dieser Adresse nichts holen.',
    next: 'Speichere das Bild und wähle es dann hier.',
  },
  'fetch-failed': {
    what: 'Von dieser Adresse kam kein Bild.',
    next: 'Prüfe die Adresse, oder speichere das Bild und wähle es hier.',
  },
  'changed-file': {
    what: 'Diese Datei kann nicht mehr gelesen werden.',
    next: 'Sie wurde nach der Auswahl geändert, oder dieser Browser darf sie nicht öffnen. Wähle sie noch einmal.',
  },
  'altered-drawing': {
    what: 'Dieser Browser hat die Zeichnung verändert.',
    next: 'Sein Schutz vor Fingerprinting ändert, was eine Seite zeichnet; deshalb wurde nichts gesendet. Erlaube dieser Seite Canvas-Daten oder sende ein Foto.',
  },
  'page-error': {
    what: 'Auf dieser Seite ist etwas schiefgegangen.',
    next: 'Lade sie neu. Hilft das nicht, ist dieser Browser vielleicht zu alt: Aktualisiere ihn.',
  },
  offline: { what: offline, next: 'Gelesen wird, sobald das Netz wieder da ist.' },
  unreachable: { what: unreachable, next: keptHere },
  'unexpected-response': {
    what: 'Der Dienst hat etwas geantwortet, das diese Seite nicht versteht.',
    next: reloadPage,
  },
};

export const otherFailure: Translation<typeof english.otherFailure> = {
  what: 'Der Dienst hat dieses Bild abgelehnt.',
  next: 'Lade die Seite neu oder versuche ein anderes Bild.',
};

export const resultMayBeThere = 'Das Ergebnis ist vielleicht noch da.';

const noResult = {
  what: 'Unter diesem Link gibt es kein Ergebnis.',
  next: 'Prüfe, ob der ganze Link kopiert wurde, oder zeichne neu.',
};

export const resultFailures: Translation<typeof english.resultFailures> = {
  'prediction-expired': {
    what: 'Dieses Ergebnis ist abgelaufen.',
    next: 'Ergebnisse werden nur eine Weile aufbewahrt. Zeichne oder sende die Ziffer noch einmal.',
  },
  'prediction-not-found': noResult,
  'invalid-request': noResult,
  offline: { what: offline, next: 'Das Ergebnis kommt, sobald das Netz wieder da ist.' },
  unreachable: { what: unreachable, next: resultMayBeThere },
  'redis-unavailable': { what: queueAway, next: resultMayBeThere },
};

export const batchFailures: Translation<typeof english.batchFailures> = {
  'batch-expired': {
    what: 'Diese Bilder sind abgelaufen.',
    next: 'Ergebnisse werden nur eine Weile aufbewahrt. Sende die Bilder noch einmal.',
  },
  'batch-not-found': {
    what: 'Unter diesem Link gibt es keine Bilder.',
    next: 'Prüfe, ob der ganze Link kopiert wurde, oder sende die Bilder noch einmal.',
  },
};

export const otherResultFailure: Translation<typeof english.otherResultFailure> = {
  what: 'Das Ergebnis kann nicht angezeigt werden.',
  next: tryInAMoment,
};
