import { type ActivityEvent, type ActivityView, nextActivity, unwatched } from './activity.ts';
import { type Feedback, type FeedbackEvent, nextFeedback } from './feedback.ts';
import type { HistoryEntry } from './history-entry.ts';
import type { Place } from './place.ts';
import { emptySheet, nextSheet, type Sheet, type SheetEvent } from './sheet.ts';
import { idleReading, nextReading, type Reading, type ReadingEvent } from './tracked-prediction.ts';

/** The drawing's key among the readings; a picture's key is its own id. */
export const DRAWING = 'drawing';
/** The key of the prediction that the page's address names. */
export const LINKED = 'linked';

export interface Picture {
  key: string;
  name: string;
  bytes: number;
  /** A blob: address of the file itself; the browser may not be able to show every format that the api reads. */
  preview: string;
  reading: Reading;
}

export interface PageState {
  place: Place;
  sheet: Sheet;
  drawing: Reading;
  /** Newest first. */
  pictures: readonly Picture[];
  /** The prediction that the page's address names; idle where it names none. */
  linked: Reading;
  /** What this browser remembers of that prediction; null where that is nothing. */
  kept: HistoryEntry | null;
  /** How much of the batch on its way to the api is sent, 0…1. */
  uploaded: number;
  /** How many pictures were left out when more came at once than the page takes. */
  leftOut: number;
  /** Key of the reading that the answer shows. */
  shown: string;
  /** What people say of what was read, newest first. */
  feedback: readonly Feedback[];
  /** What goes on behind the API. */
  activity: ActivityView;
  /** Whether the browser believes to have a network. */
  online: boolean;
  /** How states arrive: by socket, or by asking again and again. */
  channel: 'connecting' | 'socket' | 'polling';
}

export type PageAction =
  | { type: 'sheet'; event: SheetEvent }
  | { type: 'place'; place: Place; token: number; kept: HistoryEntry | null }
  | { type: 'reading'; key: string; event: ReadingEvent }
  /** Many at once, each picture with an event of its own. */
  | { type: 'readings'; events: ReadonlyMap<string, ReadingEvent> }
  | { type: 'uploaded'; share: number }
  | { type: 'drawing-dropped'; token: number }
  | { type: 'pictures-added'; pictures: readonly Omit<Picture, 'reading'>[]; leftOut: number }
  | { type: 'picture-removed'; key: string }
  | { type: 'pictures-cleared' }
  | { type: 'shown'; key: string }
  | { type: 'feedback'; predictionId: string; event: FeedbackEvent }
  | { type: 'activity'; event: ActivityEvent }
  | { type: 'online'; online: boolean }
  | { type: 'channel'; channel: PageState['channel'] };

export const firstVisit: PageState = {
  place: { name: 'desk' },
  sheet: emptySheet,
  drawing: idleReading,
  pictures: [],
  linked: idleReading,
  kept: null,
  uploaded: 0,
  leftOut: 0,
  shown: DRAWING,
  feedback: [],
  activity: unwatched,
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
    case 'place':
      return {
        ...state,
        place: action.place,
        linked: { ...idleReading, token: action.token },
        kept: action.kept,
      };
    case 'reading':
      return withReading(state, action.key, action.event);
    case 'readings':
      return withReadings(state, action.events);
    case 'uploaded':
      return { ...state, uploaded: action.share };
    case 'drawing-dropped':
      return { ...state, drawing: { ...idleReading, token: action.token } };
    case 'pictures-added':
      return withPictures(state, action.pictures, action.leftOut);
    case 'picture-removed':
      return withoutPictures(state, (picture) => picture.key === action.key);
    case 'pictures-cleared':
      return withoutPictures(state, () => true);
    case 'shown':
      return { ...state, shown: action.key };
    case 'feedback':
      return { ...state, feedback: nextFeedback(state.feedback, action.predictionId, action.event) };
    case 'activity':
      return { ...state, activity: nextActivity(state.activity, action.event) };
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

/** What this browser kept of the prediction that the address names, once the service has it no more; else null. */
export function ownCopy({ linked, kept }: PageState): HistoryEntry | null {
  const code = linked.failure?.code;
  // A service that has lost its data does not even know that it once knew.
  return code === 'prediction-expired' || code === 'prediction-not-found' ? kept : null;
}

function shownAfter(state: PageState, event: SheetEvent): string {
  return event.type === 'pen' ? state.shown : DRAWING;
}

function withReading(state: PageState, key: string, event: ReadingEvent): PageState {
  if (key === DRAWING) return { ...state, drawing: nextReading(state.drawing, event) };
  if (key === LINKED) return { ...state, linked: nextReading(state.linked, event) };
  return withReadings(state, new Map([[key, event]]));
}

function withReadings(state: PageState, events: ReadonlyMap<string, ReadingEvent>): PageState {
  const pictures = state.pictures.map((picture) => {
    const event = events.get(picture.key);
    return event ? { ...picture, reading: nextReading(picture.reading, event) } : picture;
  });
  return { ...state, pictures };
}

function withPictures(
  state: PageState,
  added: readonly Omit<Picture, 'reading'>[],
  leftOut: number,
): PageState {
  const first = added[0];
  if (first === undefined) return { ...state, leftOut };
  const pictures = added.map((picture) => ({ ...picture, reading: idleReading }));
  return { ...state, pictures: [...pictures, ...state.pictures], shown: first.key, leftOut };
}

function withoutPictures(state: PageState, removed: (picture: Picture) => boolean): PageState {
  const pictures = state.pictures.filter((picture) => !removed(picture));
  const stays = state.shown === DRAWING || pictures.some((picture) => picture.key === state.shown);
  return { ...state, pictures, shown: stays ? state.shown : DRAWING, leftOut: 0 };
}
