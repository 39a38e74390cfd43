import { predictionId } from '@inkqueue/shared/contracts/prediction';
import { problemCode } from '@inkqueue/shared/contracts/problems';
import { z } from 'zod/mini';
import { DRAWING, IMAGES_MAX, type PageImage, type PageState } from './page.ts';
import { NAME_MAX_CHARS, refusalOf, restoredPrediction } from './prediction/kept.ts';
import { isPending, type TrackedPrediction } from './prediction/tracked-prediction.ts';
import { type Point, restoredSheet, type Sheet, type Stroke } from './sheet.ts';

/** A drawing of more points is not saved: it is a scribble, and storage is small. */
const POINTS_MAX = 20_000;

const stroke = z.object({
  /** x, y and pressure of one point after the other. */
  points: z.array(z.number()),
  pen: z.enum(['fine', 'medium', 'broad']),
  pressed: z.boolean(),
});

/** An image as a new load of the page finds it again; its file is gone by then. */
const image = z.object({
  key: z.string(),
  name: z.string(),
  recorded: z.boolean(),
  accepted: z.nullable(z.object({ predictionId })),
  /** Why the service has not accepted it; null when it had not been sent. */
  refused: z.nullable(problemCode),
});

/** What a tab keeps over a new load of the page. */
export const session = z.object({
  strokes: z.array(stroke),
  pen: z.enum(['fine', 'medium', 'broad']),
  /** Id of the drawing's entry in the history; null while it has none. */
  drawingId: z.nullable(predictionId),
  images: z.array(image).check(z.maxLength(IMAGES_MAX)),
  shown: z.string(),
});
export type Session = z.infer<typeof session>;

/** What to keep of the page. `drawingId` as in {@link Session}. */
export function toSession({ sheet, images, shown }: PageState, drawingId: string | null): Session {
  return {
    strokes: savedStrokes(sheet),
    pen: sheet.pen,
    drawingId,
    images: images.map(({ key, name, recorded, tracked }) => ({
      key,
      name: name.slice(0, NAME_MAX_CHARS),
      recorded: recorded || tracked.succeeded !== null,
      accepted: acceptedAlone(tracked),
      refused: refusalOf(tracked),
    })),
    shown,
  };
}

/** What a later visit may find of the page: a drawing that could not be read; null while there is none. */
export function toUnread(state: PageState): Session | null {
  const { code } = state.drawing.failure ?? {};
  const isUnread =
    code === 'offline' || code === 'unreachable' || (!state.online && isPending(state.drawing));
  const unread = toSession({ ...state, images: [], shown: DRAWING }, null);
  return isUnread && unread.strokes.length > 0 ? unread : null;
}

/** The page with what an earlier load of it has kept. */
export function withSession(state: PageState, { strokes, pen, images, shown }: Session): PageState {
  return {
    ...state,
    acted: true,
    sheet: restoredSheet(strokes.map(restoredStroke), pen),
    images: images.map(restoredImage),
    shown: images.some(({ key }) => key === shown) ? shown : DRAWING,
  };
}

function savedStrokes({ strokes }: Sheet): Session['strokes'] {
  const count = strokes.reduce((sum, { points }) => sum + points.length, 0);
  if (count > POINTS_MAX) return [];
  return strokes.map(({ points, pen, pressed }) => ({
    points: points.flat().map((value) => Math.round(value * 100) / 100),
    pen,
    pressed,
  }));
}

function restoredStroke({ points, ...rest }: Session['strokes'][number]): Stroke {
  const count = Math.floor(points.length / 3);
  const pointAt = (_: unknown, index: number): Point => [
    points[3 * index]!,
    points[3 * index + 1]!,
    points[3 * index + 2]!,
  ];
  return { ...rest, points: Array.from({ length: count }, pointAt) };
}

function acceptedAlone({ accepted }: TrackedPrediction): Session['images'][number]['accepted'] {
  return accepted && 'predictionId' in accepted ? accepted : null;
}

function restoredImage({ refused, accepted, ...saved }: Session['images'][number]): PageImage {
  return { ...saved, origin: 'file', thumbnail: null, tracked: restoredPrediction(accepted, refused) };
}
