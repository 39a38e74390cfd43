import type { FailureCode } from '../state/failure.ts';
import { IMAGE_MAX_BYTES } from '../state/image-limit.ts';
import {
  formatBytes,
  formatDate,
  formatDuration,
  formatMilliseconds,
  formatNumber,
  formatPercent,
  formatRate,
  formatShortDate,
} from './formats.ts';

interface FailureText {
  what: string;
  next: string;
}

/** Every text of the page. */
export const texts = {
  name: 'Inkqueue',
  tagline: 'reads handwritten digits',
  apiDocs: 'API',
  historyLink: 'History',
  navigation: 'Pages',
  newTab: '(opens in a new tab)',
  newTabSign: '↗',
  titles: {
    desk: 'Inkqueue reads handwritten digits',
    history: 'History · Inkqueue',
    result: 'Result · Inkqueue',
  },

  sheetLabel: 'Sheet to draw a digit on',
  sheetHint:
    'Draw a digit here. With the keyboard: arrow keys move the pen, Space puts it down and lifts it.',
  penDown: 'Pen down',
  penUp: 'Pen lifted',
  tools: 'Drawing tools',
  undo: 'Undo',
  clear: 'Clear',
  penWidth: 'Pen width',
  pens: { fine: 'Fine', medium: 'Medium', broad: 'Broad' },
  sample: 'Show me',
  sampleHint: 'Draws a sample digit',

  imagesHeading: 'Or show it a picture',
  choose: 'Choose pictures',
  camera: 'Take a photo',
  dropOrPaste: 'drop them anywhere, or paste',
  samples: 'or try one of ours',
  sampleImages: {
    pen: 'Blue pen, photographed',
    pencil: 'Pencil on squared paper',
    chalk: 'Chalk on a board',
    star: 'Not a digit',
  },
  dropHere: 'Drop to have it read',
  images: 'Pictures',
  imagesDone: (done: number, all: number, failed: number) =>
    `${formatNumber(done)} of ${formatNumber(all)} done${failed > 0 ? `, ${formatNumber(failed)} not read` : ''}`,
  imagesSending: (share: number) => `sending ${Math.floor(share * 100)} %`,
  imagesEnded: (count: number, failed: number) =>
    `All ${formatNumber(count)} pictures are done. ${failed > 0 ? `${formatNumber(failed)} could not be read.` : ''}`,
  imagesProgress: 'Upload and reading of all pictures',
  leftOut: (count: number, max: number) =>
    `${count === 1 ? '1 picture was' : `${formatNumber(count)} pictures were`} left out: ${formatNumber(max)} fit here at a time. Remove those that are done, then send the rest.`,
  removeAll: 'Remove all',
  remove: (name: string) => `Remove ${name}`,
  showImage: (name: string, state: string, digit: number | null) =>
    digit === null ? `${name}: ${state}` : `${digit}, ${state}, ${name}`,
  cardResult: (percent: string, uncertain: boolean) => (uncertain ? `Check · ${percent}` : percent),
  pastedName: 'Pasted picture',

  backToDrawing: 'Back to drawing',
  notShown: {
    pending: 'This browser cannot show this picture. The service may still read it.',
    done: 'This browser cannot show the picture itself.',
    gone: 'The picture itself was not kept when the page was loaded again.',
  },

  answer: 'Answer',
  yourDrawing: 'Your drawing',
  inviteTitle: 'Draw a digit.',
  invite: 'The network reads along while you write.',
  reading: 'Reading…',
  sending: 'Sending…',
  stillSending: 'Still on its way to the service.',
  stillWaiting: 'It is sent when its turn comes.',
  stillReading: 'Still reading. Your place in the queue is kept.',
  ahead: (count: number) =>
    count === 1 ? '1 picture is ahead of it.' : `${count} pictures are ahead of it.`,
  sure: {
    certain: 'Almost certain',
    very: 'Very sure',
    fairly: 'Fairly sure',
    unsure: 'Not sure',
    guess: 'Only a guess',
  },
  uncertain: 'Better check: this may not be a digit, or not a clear one.',
  nextBest: (digit: number, percent: string) => `It could also be a ${digit} (${percent}).`,
  probabilities: 'Probability of each digit',
  percent: formatPercent,
  spoken: (digit: number, sure: string, percent: string) => `Read as ${digit}. ${sure}, ${percent}.`,
  spokenUncertain: (digit: number, percent: string) => `Perhaps ${digit}, ${percent}. Better check.`,

  networkInput: {
    caption: 'What the network saw',
    missing: 'not available',
    inWords: (width: number, height: number, ink: number) =>
      `${width} × ${height} pixels in white on black, ${Math.round(ink * 100)} % of full ink`,
  },

  feedback: {
    open: (digit: number) => `Not a ${digit}? Tell us what it is`,
    question: 'What is it really?',
    noDigit: 'No digit',
    thanks: (digit: number | null) =>
      digit === null ? 'Thanks. Saved as no digit.' : `Thanks. Saved as ${digit}.`,
    change: 'Change',
    notSaved: 'That was not saved.',
  },

  activity: {
    heading: 'Behind the scenes',
    hint: 'the queue, its workers, and how fast they read',
    loading: 'Loading…',
    missing: 'This part of the page could not be fetched. Close it and open it again to try again.',
    retrying: 'Trying again…',
    stale: 'Showing the last known state.',
    queueAway: 'The queue cannot be reached right now. Nothing is lost; reading goes on when it is back.',
    noWorkers: 'No worker is running. Pictures wait in the queue until one starts.',
    unknown: '–',
    waiting: 'Jobs waiting',
    running: 'Jobs being read',
    pictures: 'Pictures in the queue',
    workers: 'Workers',
    columns: { worker: 'Worker', model: 'Model', running: 'In progress', finished: 'Pictures read' },
    moreWorkers: (count: number) => (count === 1 ? 'and 1 more' : `and ${formatNumber(count)} more`),
    throughput: 'Pictures read',
    latency: 'Time to an answer',
    minutesAgo: (minutes: number) => `${minutes} min ago`,
    now: 'now',
    perSecond: (rate: number) => `${formatNumber(rate)} a second`,
    rate: (rate: number) => `${formatRate(rate)} a second right now.`,
    readInAll: (succeeded: number, failed: number, minutes: number) =>
      succeeded + failed === 0
        ? `None in the last ${minutes} minutes.`
        : `${formatNumber(succeeded)} in the last ${minutes} minutes${failed > 0 ? `, ${formatNumber(failed)} could not be read` : ''}.`,
    half: (ms: number) => `half within ${formatDuration(ms)}`,
    most: (ms: number) => `95 % within ${formatDuration(ms)}`,
    noTimes: 'Nothing was finished in the last minutes.',
  },

  count: formatNumber,
  duration: formatDuration,

  journey: 'Journey of this prediction',
  steps: { sent: 'Sent', queued: 'Queued', running: 'Running', done: 'Done' },
  milliseconds: formatMilliseconds,
  stages: (decodeMs: number, normalizeMs: number, inferenceMs: number) => [
    `decode ${formatMilliseconds(decodeMs)}`,
    `normalise ${formatMilliseconds(normalizeMs)}`,
    `network ${formatMilliseconds(inferenceMs)}`,
  ],
  json: 'JSON',
  batch: (size: number) => `batch of ${size}`,

  link: 'Link',
  copyLink: 'Copy link',
  copied: 'Copied',
  copyByHand: 'Copy this by hand',

  result: {
    title: (when: Date) => `Result of ${formatDate(when)}`,
    loading: 'Fetching the result…',
    noNetworkInput: 'The picture itself is not kept.',
    drawNew: 'Draw a new one',
    actions: 'Copy and share',
    copyCurl: 'Copy as curl',
    copyJson: 'Copy JSON',
    docs: 'API documentation',
    gone: 'The service no longer has this result.',
    ownCopy: 'This is the copy that this browser kept. Other people who open the link do not see it.',
    failures: {
      'prediction-expired': {
        what: 'This result has expired.',
        next: 'Results are kept only for a while. Draw or send the digit again.',
      },
      'prediction-not-found': {
        what: 'There is no result under this link.',
        next: 'Check that the whole link was copied, or draw a new one.',
      },
      'invalid-request': {
        what: 'There is no result under this link.',
        next: 'Check that the whole link was copied, or draw a new one.',
      },
      offline: { what: 'You are offline.', next: 'The result comes when the network is back.' },
      unreachable: { what: 'The service cannot be reached.', next: 'The result may still be there.' },
      'redis-unavailable': {
        what: 'The queue cannot be reached right now.',
        next: 'The result may still be there.',
      },
    } satisfies Partial<Record<FailureCode, FailureText>>,
    otherFailure: { what: 'The result cannot be shown.', next: 'Try again in a moment.' },
  },

  history: {
    heading: 'History',
    where: 'The results of this browser. They stay on this device.',
    drawing: 'Drawing',
    search: 'Digit or file name',
    count: (count: number, searched: boolean) =>
      searched ? (count === 0 ? 'Nothing found' : `${count} found`) : `${count} saved`,
    when: formatShortDate,
    whenExactly: formatDate,
    digit: (digit: number) => `${digit}, `,
    remove: (digit: number, name: string) => `Delete ${digit}, ${name}`,
    removeAll: 'Delete all',
    removed: (count: number) => (count === 1 ? 'Deleted.' : `${count} deleted.`),
    empty: 'Nothing here yet.',
    emptyNext: 'What you draw and send is listed here once it has been read.',
    draw: 'Draw a digit',
  },

  states: {
    waiting: 'Waiting',
    sending: 'Sending',
    queued: 'In the queue',
    running: 'Being read',
    failed: 'Not read',
  },

  offline: 'You are offline. Drawing works; reading goes on when the network is back.',
  polling: 'No live connection: answers are fetched instead, a little later.',
  away: 'The service cannot be reached. What it has accepted keeps its place.',
  retryIn: (seconds: number) => (seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again…'),
  retryNow: 'Try now',
  failures: {
    'no-ink': { what: 'No digit found.', next: 'Draw or photograph one digit, larger or darker.' },
    'too-large': {
      what: 'This file is too large.',
      next: `Send a smaller picture${IMAGE_MAX_BYTES === null ? '' : `, at most ${formatBytes(IMAGE_MAX_BYTES)}`}.`,
    },
    'too-large-for-proxy': {
      what: 'This file is too large.',
      next: 'A server in front of the service does not let it through. Send a smaller picture.',
    },
    'too-many-pixels': {
      what: 'This picture has too many pixels.',
      next: 'Scale it down, or crop it to the digit.',
    },
    'too-small': { what: 'This picture is too small to read.', next: 'Send one with more pixels.' },
    'unsupported-format': {
      what: 'This is not a picture we can read.',
      next: 'Choose a PNG, JPEG, WebP, GIF, TIFF or AVIF file.',
    },
    'unreadable-image': { what: 'This picture is damaged.', next: 'Save it again, or choose another one.' },
    'empty-file': { what: 'This file is empty.', next: 'Choose another one.' },
    'headers-too-large': {
      what: 'This browser sends too much with its requests.',
      next: 'Delete the cookies of this site, then try again.',
    },
    'queue-full': { what: 'The queue is full right now.', next: 'Your picture is kept here.' },
    busy: { what: 'The service is busy right now.', next: 'Your picture is kept here.' },
    'redis-unavailable': {
      what: 'The queue cannot be reached right now.',
      next: 'Your picture is kept here.',
    },
    'upload-expired': { what: 'The picture waited too long in the queue.', next: 'Send it again.' },
    'upload-timeout': { what: 'Sending took too long.', next: 'Try again, or choose a smaller picture.' },
    'worker-lost': { what: 'The workers stopped while they read the picture.', next: 'Send it again.' },
    'prediction-expired': { what: 'This result is no longer kept.', next: 'Send the picture again.' },
    'batch-expired': { what: 'These results are no longer kept.', next: 'Send the pictures again.' },
    'batch-not-found': {
      what: 'The service does not know these pictures.',
      next: 'Send the pictures again.',
    },
    'prediction-not-found': {
      what: 'The service does not know this prediction.',
      next: 'Send the picture again.',
    },
    'feedback-full': { what: 'There is no room for more feedback.', next: 'Try again another day.' },
    'feedback-off': { what: 'The service no longer collects feedback.', next: 'Reload the page.' },
    internal: { what: 'Something went wrong inside the service.', next: 'Try again in a moment.' },
    'unreadable-file': {
      what: 'This file cannot be opened.',
      next: 'A folder cannot be read; choose the pictures in it. A file that was moved must be chosen again.',
    },
    'not-sent': {
      what: 'This picture was not sent.',
      next: 'The page was loaded again before its turn came. Choose it again.',
    },
    'changed-file': {
      what: 'This file can no longer be read.',
      next: 'It has changed since it was chosen, or this browser may not open it. Choose it again.',
    },
    'altered-drawing': {
      what: 'This browser altered the drawing.',
      next: 'Its protection against fingerprinting changes what a page draws, so nothing was sent. Allow this page to use canvas data, or send a photo.',
    },
    'page-error': {
      what: 'Something went wrong on this page.',
      next: 'Reload it. If that does not help, this browser may be too old: update it.',
    },
    offline: { what: 'You are offline.', next: 'Reading goes on when the network is back.' },
    unreachable: { what: 'The service cannot be reached.', next: 'Your picture is kept here.' },
    'unexpected-response': {
      what: 'The service sent a response that this page does not understand.',
      next: 'Reload the page.',
    },
  } satisfies Partial<Record<FailureCode, FailureText>>,
  otherFailure: {
    what: 'The service refused this picture.',
    next: 'Reload the page, or try another picture.',
  },
} as const;

/** What went wrong and what to do next, for a failure's stable code. */
export function failureText(code: FailureCode): FailureText {
  const all: Partial<Record<FailureCode, FailureText>> = texts.failures;
  return all[code] ?? texts.otherFailure;
}

/** The same for an image whose file is gone since the page was loaded again: only its result can come. */
export function goneImageText(code: FailureCode): FailureText {
  const all: Partial<Record<FailureCode, FailureText>> = texts.result.failures;
  return all[code] ?? failureText(code);
}

/** Why a prediction's own link shows no result, and what to do next. */
export function resultFailureText(code: FailureCode): FailureText {
  const all: Partial<Record<FailureCode, FailureText>> = texts.result.failures;
  return all[code] ?? texts.result.otherFailure;
}
