import { type ActivityEvent, type ActivityState, CLOSED_ACTIVITY, nextActivity } from './activity.ts';
import { type FeedbackEvent, type FeedbackState, nextFeedback } from './feedback.ts';
import type { HistoryEntry } from './history-entry.ts';
import type { Place } from './place.ts';
import { EMPTY_SHEET, nextSheet, type Sheet, type SheetEvent } from './sheet.ts';
import type { Store } from './store.ts';
import {
  IDLE_PREDICTION,
  nextTracked,
  type TrackedPrediction,
  type TrackingEvent,
} from './tracked-prediction.ts';

/** The key of the drawing's prediction; an image's key is the image's own. */
export const DRAWING = 'drawing';
/** The key of the prediction that the page's address names. */
export const LINKED = 'linked';
/** Most images on the page: beyond it neither people nor browsers find anything. */
export const IMAGES_MAX = 1000;

export interface PageImage {
  key: string;
  name: string;
  bytes: number;
  /**
   * A blob: address of the file; the browser may not be able to show every format that the api accepts. Null when the file
   * is gone since the page was loaded again.
   */
  thumbnail: string | null;
  /** Whether the history has recorded the result before the page was loaded again. */
  recorded: boolean;
  tracked: TrackedPrediction;
}

/** What images are added with. */
export type AddedImage = Omit<PageImage, 'tracked' | 'recorded'>;

export interface PageState {
  place: Place;
  sheet: Sheet;
  drawing: TrackedPrediction;
  /** Newest first. */
  images: readonly PageImage[];
  /** The prediction that the page's address names; idle when it names none. */
  linked: TrackedPrediction;
  /** The entry of that prediction in this browser's history; null when there is none. */
  linkedEntry: HistoryEntry | null;
  /** The sent share of the batch that is being uploaded, 0…1. */
  uploaded: number;
  /** How many images were left out when more came at once than the page takes. */
  leftOut: number;
  /** Key of the prediction that the answer shows. */
  shown: string;
  /** Of which prediction a digit was selected, and its index in the text. */
  selected: { key: string; index: number };
  /** People's feedback on predictions, newest first. */
  feedback: readonly FeedbackState[];
  activity: ActivityState;
  /** Whether the browser believes that it has a network. */
  online: boolean;
  /** Whether the last request got a response, of whatever kind. */
  reachable: boolean;
  /** How states arrive: by socket, or by polling. */
  channel: 'connecting' | 'socket' | 'polling';
}

export type PageAction =
  | { type: 'sheet'; event: SheetEvent }
  | { type: 'place'; place: Place; token: number; entry: HistoryEntry | null }
  | { type: 'prediction'; key: string; event: TrackingEvent }
  /** Many images at once, each with its own event. */
  | { type: 'predictions'; events: ReadonlyMap<string, TrackingEvent> }
  | { type: 'uploaded'; share: number }
  | { type: 'drawing-dropped'; token: number }
  | { type: 'images-added'; images: readonly AddedImage[]; leftOut: number }
  | { type: 'image-removed'; key: string }
  | { type: 'images-cleared' }
  | { type: 'shown'; key: string }
  | { type: 'digit-selected'; key: string; index: number }
  | { type: 'feedback'; predictionId: string; event: FeedbackEvent }
  | { type: 'activity'; event: ActivityEvent }
  | { type: 'online'; online: boolean }
  | { type: 'reachable'; reachable: boolean }
  | { type: 'channel'; channel: PageState['channel'] };

export type PageStore = Store<PageState, PageAction>;

export const FIRST_VISIT: PageState = {
  place: { name: 'desk' },
  sheet: EMPTY_SHEET,
  drawing: IDLE_PREDICTION,
  images: [],
  linked: IDLE_PREDICTION,
  linkedEntry: null,
  uploaded: 0,
  leftOut: 0,
  shown: DRAWING,
  selected: { key: DRAWING, index: 0 },
  feedback: [],
  activity: CLOSED_ACTIVITY,
  online: true,
  reachable: true,
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
        linked: { ...IDLE_PREDICTION, token: action.token },
        linkedEntry: action.entry,
      };
    case 'prediction':
      return withPrediction(state, action.key, action.event);
    case 'predictions':
      return withPredictions(state, action.events);
    case 'uploaded':
      return { ...state, uploaded: action.share };
    case 'drawing-dropped':
      return {
        ...state,
        drawing: { ...IDLE_PREDICTION, token: action.token },
        selected: FIRST_VISIT.selected,
      };
    case 'images-added':
      return withImages(state, action.images, action.leftOut);
    case 'image-removed':
      return withoutImages(state, (image) => image.key === action.key);
    case 'images-cleared':
      return withoutImages(state, () => true);
    case 'shown':
      return { ...state, shown: action.key };
    case 'digit-selected':
      return { ...state, selected: { key: action.key, index: action.index } };
    case 'feedback':
      return { ...state, feedback: nextFeedback(state.feedback, action.predictionId, action.event) };
    case 'activity':
      return { ...state, activity: nextActivity(state.activity, action.event) };
    case 'online':
      return { ...state, online: action.online };
    case 'reachable':
      return state.reachable === action.reachable ? state : { ...state, reachable: action.reachable };
    case 'channel':
      return { ...state, channel: action.channel };
  }
}

/** The prediction that the answer shows. */
export function shownPrediction(state: PageState): TrackedPrediction {
  return shownImage(state)?.tracked ?? state.drawing;
}

/** The index of the digit whose bars and network input are shown with the prediction `key`. */
export function selectedDigit(
  { selected }: PageState,
  key: string,
  { succeeded }: TrackedPrediction,
): number {
  return selected.key === key && succeeded?.result.digits[selected.index] ? selected.index : 0;
}

/**
 * Whether another try can help: an image whose prediction has failed can be sent again only while the page has its file.
 * `image` is null for the drawing.
 */
export function isRetryable(
  { failure, prediction }: TrackedPrediction,
  image: Pick<PageImage, 'thumbnail'> | null,
): boolean {
  return failure?.retryable === true && (image?.thumbnail !== null || prediction === null);
}

/** The image that the answer shows; null when the answer shows the drawing. */
export function shownImage(state: PageState): PageImage | null {
  return state.images.find((image) => image.key === state.shown) ?? null;
}

/** This browser's own copy of the linked prediction, after the service has deleted it; else null. */
export function ownCopy({ linked, linkedEntry }: PageState): HistoryEntry | null {
  const code = linked.failure?.code;
  // A service that has lost its data no longer knows that the prediction existed.
  return code === 'prediction-expired' || code === 'prediction-not-found' ? linkedEntry : null;
}

function shownAfter(state: PageState, event: SheetEvent): string {
  return event.type === 'pen' ? state.shown : DRAWING;
}

function withPrediction(state: PageState, key: string, event: TrackingEvent): PageState {
  if (key === DRAWING) return { ...state, drawing: nextTracked(state.drawing, event) };
  if (key === LINKED) return { ...state, linked: nextTracked(state.linked, event) };
  return withPredictions(state, new Map([[key, event]]));
}

function withPredictions(state: PageState, events: ReadonlyMap<string, TrackingEvent>): PageState {
  const images = state.images.map((image) => {
    const event = events.get(image.key);
    return event ? { ...image, tracked: nextTracked(image.tracked, event) } : image;
  });
  return { ...state, images };
}

function withImages(state: PageState, added: readonly AddedImage[], leftOut: number): PageState {
  const first = added[0];
  if (first === undefined) return { ...state, leftOut };
  const images = added.map((image) => ({ ...image, recorded: false, tracked: IDLE_PREDICTION }));
  return { ...state, images: [...images, ...state.images], shown: first.key, leftOut };
}

function withoutImages(state: PageState, isRemoved: (image: PageImage) => boolean): PageState {
  const images = state.images.filter((image) => !isRemoved(image));
  const stays = state.shown === DRAWING || images.some((image) => image.key === state.shown);
  return { ...state, images, shown: stays ? state.shown : DRAWING, leftOut: 0 };
}
