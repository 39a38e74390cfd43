import {
  formatDate,
  formatDuration,
  formatMilliseconds,
  formatNumber,
  formatPercent,
  formatRate,
  formatShortDate,
} from './formats.ts';

/** A card has no room for more of a number. */
const SHORT_CHARS = 12;

function inOneLine(text: string): string {
  return text.replaceAll('\n', ' / ');
}

/** Every text of the page, apart from what failures.ts says of failures. */
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
  showImage: (name: string, state: string, read: string | null) =>
    read === null ? `${name}: ${state}` : `${read}, ${state}, ${name}`,
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
  invite: 'Or a number. The network reads along while you write.',
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
  spoken: (read: string, sure: string, percent: string) => `Read as ${read}. ${sure}, ${percent}.`,
  spokenUncertain: (read: string, percent: string) => `Perhaps ${read}, ${percent}. Better check.`,

  /** Several lines in one, to be heard and to be seen. */
  aloud: (text: string) => text.replaceAll('\n', ', '),
  inOneLine,
  short(text: string): string {
    const line = inOneLine(text);
    return line.length > SHORT_CHARS ? `${line.slice(0, SHORT_CHARS - 1)}…` : line;
  },
  uncertainNumber: 'Better check this number: not all of it is clear.',
  doubts: (count: number) => `Better check the underlined ${count === 1 ? 'digit' : 'digits'}.`,
  copyNumber: 'Copy number',
  digits: 'Digits in the picture',
  /** Never rounded up to certainty. */
  wholePercent: (probability: number) => `${Math.min(99, Math.round(probability * 100))} %`,

  networkInput: {
    caption: 'What the network saw',
    captionOf: (place: number, count: number) =>
      `Digit ${place}\u00a0of\u00a0${count}, as the network saw it`,
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
    columns: { worker: 'Worker', model: 'Model', running: 'Running', finished: 'Pictures read' },
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
  },

  history: {
    heading: 'History',
    where: 'The results of this browser. They stay on this device.',
    drawing: 'Drawing',
    search: 'Number or file name',
    count: (count: number, searched: boolean) =>
      searched ? (count === 0 ? 'Nothing found' : `${count} found`) : `${count} saved`,
    when: formatShortDate,
    whenExactly: formatDate,
    read: (read: string) => `${read}, `,
    remove: (read: string, name: string) => `Delete ${read}, ${name}`,
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
} as const;
