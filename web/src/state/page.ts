import { idleReading, nextReading, type Reading, type ReadingEvent } from './reading.ts';
import { emptySheet, nextSheet, type Sheet, type SheetEvent } from './sheet.ts';

/** The drawing's key among the readings; a picture's key is its own id. */
export const DRAWING = 'drawing';

export interface Picture {
  key: string;
  name: string;
  bytes: number;
  /** A blob: address of the file itself; the browser may not be able to show every format that the api reads. */
  preview: string;
  reading: Reading;
}

export interface PageState {
  sheet: Sheet;
  drawing: Reading;
  /** Newest first. */
  pictures: readonly Picture[];
  /** Key of the reading that the answer shows. */
  shown: string;
  /** Whether the browser believes to have a network. */
  online: boolean;
  /** How states arrive: by socket, or by asking again and again. */
  channel: 'connecting' | 'socket' | 'polling';
}

export type PageAction =
  | { type: 'sheet'; event: SheetEvent }
  | { type: 'reading'; key: string; event: ReadingEvent }
  | { type: 'drawing-dropped'; token: number }
  | { type: 'pictures-added'; pictures: readonly Omit<Picture, 'reading'>[] }
  | { type: 'picture-removed'; key: string }
  | { type: 'pictures-cleared' }
  | { type: 'shown'; key: string }
  | { type: 'online'; online: boolean }
  | { type: 'channel'; channel: PageState['channel'] };

export const firstVisit: PageState = {
  sheet: emptySheet,
  drawing: idleReading,
  pictures: [],
  shown: DRAWING,
  online: true,
  channel: 'connecting',
};

/** The page after `action`. Pure: the only place where the page's state changes. */
export function nextPage(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'sheet':
      return {
        ...state,
        sheet: nextSheet(state.sheet, action.event),
        shown: shownAfter(state, action.event),
      };
    case 'reading':
      return withReading(state, action.key, action.event);
    case 'drawing-dropped':
      return { ...state, drawing: { ...idleReading, token: action.token } };
    case 'pictures-added':
      return withPictures(state, action.pictures);
    case 'picture-removed':
      return withoutPictures(state, (picture) => picture.key === action.key);
    case 'pictures-cleared':
      return withoutPictures(state, () => true);
    case 'shown':
      return { ...state, shown: action.key };
    case 'online':
      return { ...state, online: action.online };
    case 'channel':
      return { ...state, channel: action.channel };
  }
}

/** The reading that the answer shows. */
export function shownReading(state: PageState): Reading {
  return shownPicture(state)?.reading ?? state.drawing;
}

/** The picture that the answer shows; null when it is the drawing. */
export function shownPicture(state: PageState): Picture | null {
  return state.pictures.find((picture) => picture.key === state.shown) ?? null;
}

function shownAfter(state: PageState, event: SheetEvent): string {
  return event.type === 'pen' ? state.shown : DRAWING;
}

function withReading(state: PageState, key: string, event: ReadingEvent): PageState {
  if (key === DRAWING) return { ...state, drawing: nextReading(state.drawing, event) };
  const pictures = state.pictures.map((picture) =>
    picture.key === key ? { ...picture, reading: nextReading(picture.reading, event) } : picture,
  );
  return { ...state, pictures };
}

function withPictures(state: PageState, added: readonly Omit<Picture, 'reading'>[]): PageState {
  const first = added[0];
  if (first === undefined) return state;
  const pictures = added.map((picture) => ({ ...picture, reading: idleReading }));
  return { ...state, pictures: [...pictures, ...state.pictures], shown: first.key };
}

function withoutPictures(state: PageState, removed: (picture: Picture) => boolean): PageState {
  const pictures = state.pictures.filter((picture) => !removed(picture));
  const stays = state.shown === DRAWING || pictures.some((picture) => picture.key === state.shown);
  return { ...state, pictures, shown: stays ? state.shown : DRAWING };
}
