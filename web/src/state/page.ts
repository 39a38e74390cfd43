import { type ActivityEvent, type ActivityState, CLOSED_ACTIVITY, nextActivity } from './activity.ts';
import { type BatchesEvent, nextBatches, type PageBatch } from './batch/batch.ts';
import type { HistoryEntry } from './history-entry.ts';
import type { Language, LanguageState } from './language.ts';
import { type ModelEvent, type ModelState, nextModel } from './model.ts';
import type { Place } from './place.ts';
import { type AskedWhy, nextWhy, type WhyEvent } from './prediction/explanation.ts';
import { type FeedbackEvent, type FeedbackState, nextFeedback } from './prediction/feedback.ts';
import {
  IDLE_PREDICTION,
  nextTracked,
  type TrackedPrediction,
  type TrackingEvent,
} from './prediction/tracked-prediction.ts';
import { EMPTY_SHEET, nextSheet, type Sheet, type SheetEvent } from './sheet.ts';
import type { Store } from './store.ts';

/** The key of the drawing's prediction; an image's key is the image's own. */
export const DRAWING = 'drawing';
/** The key of the prediction that the page's address names. */
export const LINKED = 'linked';
/** Most images on the page: beyond it neither people nor browsers find anything. */
export const IMAGES_MAX = 1000;

/** Where an image comes from. */
export type ImageOrigin = 'camera' | 'file' | 'address';

/** Why something that was dropped or pasted could not be taken. */
export type NoticeCode = 'text' | 'http-address' | 'closed-address' | 'no-pictures' | 'others-left-out';

export interface PageImage {
  key: string;
  name: string;
  origin: ImageOrigin;
  /**
   * A blob: address of the file; the browser may not be able to show every format that the api accepts. Null when the file
   * is gone since the page was loaded again, or was never here.
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
  /** Whether the person has done anything yet. */
  acted: boolean;
  sheet: Sheet;
  drawing: TrackedPrediction;
  /** Newest first. */
  images: readonly PageImage[];
  /** The batches that this load of the page has opened, newest first. */
  batches: readonly PageBatch[];
  /** The prediction that the page's address names; idle when it names none. */
  linked: TrackedPrediction;
  /** The entry of that prediction in this browser's history; null when there is none. */
  linkedEntry: HistoryEntry | null;
  /** How many images were left out when more came at once than the page takes. */
  leftOut: number;
  notice: NoticeCode | null;
  /** Key of the prediction that the answer shows. */
  shown: string;
  /** Of which prediction a digit was selected, and its index in the text. */
  selected: { key: string; index: number };
  /** Of which prediction somebody asked why; null while nobody does. */
  why: AskedWhy | null;
  /** People's feedback on predictions, newest first. */
  feedback: readonly FeedbackState[];
  activity: ActivityState;
  language: LanguageState;
  /** The model that the page's address names; null at other places. */
  model: ModelState | null;
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
  | { type: 'batches'; event: BatchesEvent }
  | { type: 'drawing-dropped'; token: number }
  | { type: 'images-added'; images: readonly AddedImage[]; leftOut: number }
  /** The page sends another picture than the file, and shows that one. */
  | { type: 'image-prepared'; key: string; thumbnail: string }
  | { type: 'noticed'; code: NoticeCode | null }
  | { type: 'image-removed'; key: string }
  | { type: 'images-cleared' }
  | { type: 'shown'; key: string }
  | { type: 'digit-selected'; key: string; index: number }
  | { type: 'why'; event: WhyEvent }
  | { type: 'feedback'; predictionId: string; event: FeedbackEvent }
  | { type: 'activity'; event: ActivityEvent }
  | { type: 'language'; language: Language }
  | { type: 'language-missing'; language: Language }
  | { type: 'model'; event: ModelEvent }
  | { type: 'online'; online: boolean }
  | { type: 'reachable'; reachable: boolean }
  | { type: 'channel'; channel: PageState['channel'] };

export type PageStore = Store<PageState, PageAction>;

export const FIRST_VISIT: PageState = {
  place: { name: 'desk' },
  acted: false,
  sheet: EMPTY_SHEET,
  drawing: IDLE_PREDICTION,
  images: [],
  batches: [],
  linked: IDLE_PREDICTION,
  linkedEntry: null,
  leftOut: 0,
  notice: null,
  shown: DRAWING,
  selected: { key: DRAWING, index: 0 },
  why: null,
  feedback: [],
  activity: CLOSED_ACTIVITY,
  language: { current: 'en', missing: null },
  model: null,
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
        acted: true,
        notice: null,
        sheet: nextSheet(state.sheet, action.event),
        shown: shownAfter(state, action.event),
      };
    case 'place':
      return {
        ...state,
        place: action.place,
        // The address that the page was opened at is nothing that a person did on it.
        acted: state.acted || action.place.name !== 'desk',
        linked: { ...IDLE_PREDICTION, token: action.token },
        linkedEntry: action.entry,
      };
    case 'prediction':
      return withPrediction(state, action.key, action.event);
    case 'batches':
      return { ...state, batches: nextBatches(state.batches, action.event) };
    case 'drawing-dropped':
      return {
        ...state,
        drawing: { ...IDLE_PREDICTION, token: action.token },
        selected: FIRST_VISIT.selected,
      };
    case 'images-added':
      return withImages(state, action.images, action.leftOut);
    case 'image-prepared':
      return {
        ...state,
        images: state.images.map((image) =>
          image.key === action.key ? { ...image, thumbnail: action.thumbnail } : image,
        ),
        batches: nextBatches(state.batches, {
          type: 'prepared',
          itemKey: action.key,
          thumbnail: action.thumbnail,
        }),
      };
    case 'noticed':
      return { ...state, notice: action.code };
    case 'image-removed':
      return withoutImages(state, (image) => image.key === action.key);
    case 'images-cleared':
      return withoutImages(state, () => true);
    case 'shown':
      return { ...state, shown: action.key };
    case 'digit-selected':
      return { ...state, selected: { key: action.key, index: action.index } };
    case 'why':
      return { ...state, why: nextWhy(state.why, action.event) };
    case 'feedback':
      return { ...state, feedback: nextFeedback(state.feedback, action.predictionId, action.event) };
    case 'activity':
      return { ...state, activity: nextActivity(state.activity, action.event) };
    case 'language':
      return { ...state, language: { current: action.language, missing: null } };
    case 'language-missing':
      return { ...state, language: { ...state.language, missing: action.language } };
    case 'model':
      return { ...state, model: nextModel(state.model, action.event) };
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
  image: Pick<PageImage, 'thumbnail' | 'origin'> | null,
): boolean {
  return failure?.retryable === true && (!isGone(image) || prediction === null);
}

/** Whether the page no longer has what it sent. `image` is null for the drawing. */
export function isGone(image: Pick<PageImage, 'thumbnail' | 'origin'> | null): boolean {
  return image !== null && image.thumbnail === null && image.origin !== 'address';
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
  return event.type === 'pen' || event.type === 'eraser' ? state.shown : DRAWING;
}

function withPrediction(state: PageState, key: string, event: TrackingEvent): PageState {
  if (key === DRAWING) return { ...state, drawing: nextTracked(state.drawing, event) };
  if (key === LINKED) return { ...state, linked: nextTracked(state.linked, event) };
  const images = state.images.map((image) =>
    image.key === key ? { ...image, tracked: nextTracked(image.tracked, event) } : image,
  );
  return { ...state, images };
}

function withImages(state: PageState, added: readonly AddedImage[], leftOut: number): PageState {
  const first = added[0];
  if (first === undefined) return { ...state, leftOut };
  const images = added.map((image) => ({ ...image, recorded: false, tracked: IDLE_PREDICTION }));
  return {
    ...state,
    acted: true,
    notice: null,
    images: [...images, ...state.images],
    shown: first.key,
    leftOut,
  };
}

function withoutImages(state: PageState, isRemoved: (image: PageImage) => boolean): PageState {
  const images = state.images.filter((image) => !isRemoved(image));
  const stays = state.shown === DRAWING || images.some((image) => image.key === state.shown);
  return { ...state, images, shown: stays ? state.shown : DRAWING, leftOut: 0 };
}
