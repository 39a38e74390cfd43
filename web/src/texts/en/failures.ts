import { IMAGE_MAX_BYTES } from '../../state/image-limit.ts';
import { formatBytes } from '../formats.ts';

/** Next step where the page sends the image again by itself. */
export const keptHere = 'Your picture is kept here.';

const tooLarge = 'This file is too large.';
const sendAgain = 'Send it again.';
const waitedTooLong = 'The picture waited too long in the queue.';
const sendPictureAgain = 'Send the picture again.';
const sendPicturesAgain = 'Send the pictures again.';
const reloadPage = 'Reload the page.';
const tryInAMoment = 'Try again in a moment.';
const offline = 'You are offline.';
const unreachable = 'The service cannot be reached.';
const queueAway = 'The queue cannot be reached right now.';

export const failures = {
  'no-ink': { what: 'No digit found.', next: 'Draw or photograph it larger or darker.' },
  'too-large': {
    what: tooLarge,
    // At each use: its number is formatted for the language of that moment.
    get next() {
      return IMAGE_MAX_BYTES === null
        ? 'Send a smaller picture.'
        : `Send a smaller picture, at most ${formatBytes(IMAGE_MAX_BYTES)}.`;
    },
  },
  'too-large-for-proxy': {
    what: tooLarge,
    next: 'A server in front of the service does not let it through. Send a smaller picture.',
  },
  'too-many-pixels': {
    what: 'This picture has too many pixels.',
    next: 'Scale it down, or crop it to the digit.',
  },
  'too-small': { what: 'This picture is too small to read.', next: 'Send one with more pixels.' },
  'unsupported-format': {
    what: 'This is not a picture we can read.',
    next: 'Choose a PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP file.',
  },
  'unreadable-image': { what: 'This picture is damaged.', next: 'Save it again, or choose another one.' },
  'empty-file': { what: 'This file is empty.', next: 'Choose another one.' },
  'headers-too-large': {
    what: 'This browser sends too much with its requests.',
    next: 'Delete the cookies of this site, then try again.',
  },
  drained: { what: 'The service takes no pictures right now.', next: keptHere },
  'queue-full': { what: 'The queue is full right now.', next: keptHere },
  busy: { what: 'The service is busy right now.', next: keptHere },
  'redis-unavailable': {
    what: queueAway,
    next: keptHere,
  },
  canceled: { what: 'This picture was canceled.', next: sendAgain },
  'deadline-passed': { what: waitedTooLong, next: sendAgain },
  'upload-expired': { what: waitedTooLong, next: sendAgain },
  'upload-timeout': { what: 'Sending took too long.', next: 'Try again, or choose a smaller picture.' },
  'worker-lost': { what: 'The workers stopped while they read the picture.', next: sendAgain },
  'prediction-expired': { what: 'This result is no longer kept.', next: sendPictureAgain },
  'batch-expired': { what: 'These results are no longer kept.', next: sendPicturesAgain },
  'batch-not-found': {
    what: 'The service does not know these pictures.',
    next: sendPicturesAgain,
  },
  'prediction-not-found': {
    what: 'The service does not know this prediction.',
    next: sendPictureAgain,
  },
  'feedback-full': { what: 'There is no room for more feedback.', next: 'Try again another day.' },
  'feedback-off': { what: 'The service no longer collects feedback.', next: reloadPage },
  internal: { what: 'Something went wrong inside the service.', next: tryInAMoment },
  'unreadable-file': {
    what: 'This file cannot be opened.',
    next: 'A folder cannot be read; choose the pictures in it. A file that was moved must be chosen again.',
  },
  'not-sent': {
    what: 'This picture was not sent.',
    next: 'The page was loaded again before its turn came. Choose it again.',
  },
  'address-refused': {
    what: 'This service fetches no pictures from other pages.',
    next: 'Save the picture, then choose it here, or copy the picture itself and paste it.',
  },
  'fetch-refused': {
    what: 'The service may not fetch from this address.',
    next: 'Save the picture, then choose it here.',
  },
  'fetch-failed': {
    what: 'No picture came from this address.',
    next: 'Check the address, or save the picture and choose it here.',
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
  offline: { what: offline, next: 'Reading goes on when the network is back.' },
  unreachable: { what: unreachable, next: keptHere },
  'unexpected-response': {
    what: 'The service sent a response that this page does not understand.',
    next: reloadPage,
  },
};

/** Whether the service's own words, which are English, fit among these texts. */
export const serviceWords = true;

export const otherFailure = {
  what: 'The service refused this picture.',
  next: 'Reload the page, or try another picture.',
};

/** In place of keptHere, where the page does not have the picture. */
export const resultMayBeThere = 'The result may still be there.';

const noResult = {
  what: 'There is no result under this link.',
  next: 'Check that the whole link was copied, or draw a new one.',
};

/** Of a prediction that has only its link here. */
export const resultFailures = {
  'prediction-expired': {
    what: 'This result has expired.',
    next: 'Results are kept only for a while. Draw or send the digit again.',
  },
  'prediction-not-found': noResult,
  'invalid-request': noResult,
  offline: { what: offline, next: 'The result comes when the network is back.' },
  unreachable: { what: unreachable, next: resultMayBeThere },
  'redis-unavailable': {
    what: queueAway,
    next: resultMayBeThere,
  },
};

/** Of pictures that have only their link here. */
export const batchFailures = {
  'batch-expired': {
    what: 'These pictures have expired.',
    next: 'Results are kept only for a while. Send the pictures again.',
  },
  'batch-not-found': {
    what: 'There are no pictures under this link.',
    next: 'Check that the whole link was copied, or send the pictures again.',
  },
};

export const otherResultFailure = {
  what: 'The result cannot be shown.',
  next: tryInAMoment,
};
