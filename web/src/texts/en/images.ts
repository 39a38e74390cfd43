import type { Upload } from '../../state/prediction/tracked-prediction.ts';
import { formatBytes, formatNumber } from '../formats.ts';

/** Pictures, from choosing them to their cards. */
export const images = {
  ways: {
    label: 'Ways to show a digit',
    draw: 'Draw',
    photo: 'Photo',
    photoHint: 'Take a photo, or choose one',
    files: 'Files',
    filesHint: 'Choose pictures, one or a thousand',
    another: 'Take another',
  },
  examples: {
    heading: 'See what it reads',
    reads: 'Digits and numbers by hand: in pen, pencil or chalk, dark on light or light on dark. No letters.',
    drop: 'Drop pictures or a folder anywhere on this page, or paste one.',
  },
  samples: 'Pictures to try',
  sampleImages: {
    pen: 'Blue pen, photographed',
    pencil: 'Pencil on squared paper',
    chalk: 'Chalk on a board',
    star: 'Not a digit',
  },
  /** What the network makes of each. */
  sampleOutcomes: { pen: 'Reads 7', pencil: 'Reads 2', chalk: 'Reads 5', star: 'Unsure' },
  dropHere: 'Drop to have it read',
  notices: {
    text: 'Text cannot be read. Paste a picture, or the address of one.',
    'http-address':
      'The address of a picture must begin with https://. Save the picture, then choose it here.',
    'closed-address':
      'Only its own page can open that picture. Copy the picture itself and paste it, or save it and choose it here.',
    'no-pictures': 'There is no picture in that folder.',
    'others-left-out':
      'The pictures of that folder were taken. It has other files, too, which were left out.',
  },
  closeNotice: 'Close this message',
  images: 'Pictures',
  imagesDone: (done: number, all: number, failed: number) =>
    `${formatNumber(done)} of ${formatNumber(all)} done${failed > 0 ? `, ${formatNumber(failed)} not read` : ''}`,
  imagesSending: ({ sent, total }: Upload) => `sending ${formatBytes(sent)} of ${formatBytes(total)}`,
  imagesEnded: (count: number, failed: number) =>
    `All ${formatNumber(count)} pictures are done. ${failed > 0 ? `${formatNumber(failed)} could not be read.` : ''}`,
  imagesProgress: 'Upload and reading of all pictures',
  leftOut: (count: number, max: number) =>
    `${count === 1 ? '1 picture was' : `${formatNumber(count)} pictures were`} left out: ${formatNumber(max)} fit here at a time. Remove those that are done, then send the rest.`,
  removeAll: 'Remove all',
  remove: (name: string) => `Remove ${name}`,
  showImage: (name: string, state: string, read: string | null) =>
    read === null ? `${name}: ${state}` : `${read}, ${state}, ${name}`,
  cardResult: (percent: string, uncertain: boolean) => (uncertain ? 'Check' : percent),
  pastedName: 'Pasted picture',
  backToDrawing: 'Back to drawing',
  notShown: {
    pending: 'This browser cannot show this picture. The service may still read it.',
    done: 'This browser cannot show the picture itself.',
    address: 'A worker fetched this picture; the page does not have it.',
    gone: 'The picture itself was not kept when the page was loaded again.',
  },
  states: {
    waiting: 'Waiting',
    sending: 'Sending',
    queued: 'In the queue',
    running: 'Being read',
  },
};
