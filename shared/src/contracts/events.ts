import { z } from 'zod/mini';
import { type Activity, activity } from './activity.ts';
import { type BatchProgress, batchProgress } from './batch.ts';
import { type Prediction, prediction, predictionId } from './prediction.ts';
import { problem } from './problems.ts';

/** Answer to a `follow`: the prediction as it stands now, or why it can't be followed. */
export const followReply = z.union([
  z.object({ ok: z.literal(true), prediction }),
  z.object({ ok: z.literal(false), problem }),
]);
export type FollowReply = z.infer<typeof followReply>;

/** Answer to a `follow-batch`: how far the batch is now, or why it can't be followed. */
export const followBatchReply = z.union([
  z.object({ ok: z.literal(true), batch: batchProgress }),
  z.object({ ok: z.literal(false), problem }),
]);
export type FollowBatchReply = z.infer<typeof followBatchReply>;

/** Answer to a `watch-activity`: what goes on now, or why it can't be watched. */
export const watchActivityReply = z.union([
  z.object({ ok: z.literal(true), activity }),
  z.object({ ok: z.literal(false), problem }),
]);
export type WatchActivityReply = z.infer<typeof watchActivityReply>;

export const followRequest = z.object({ id: predictionId });
export type FollowRequest = z.infer<typeof followRequest>;

/**
 * socket.io, browser → api. `follow` answers with a snapshot first; every later state arrives as `prediction`.
 * After a reconnect a client follows again: the snapshot covers what it missed.
 */
export interface ClientToServerEvents {
  follow: (request: FollowRequest, reply: (answer: FollowReply) => void) => void;
  unfollow: (request: FollowRequest) => void;
  'follow-batch': (request: FollowRequest, reply: (answer: FollowBatchReply) => void) => void;
  /** `activity` arrives once a second from then on. */
  'watch-activity': (reply: (answer: WatchActivityReply) => void) => void;
  'unwatch-activity': () => void;
}

/** socket.io, api → browser. */
export interface ServerToClientEvents {
  prediction: (state: Prediction) => void;
  batch: (progress: BatchProgress) => void;
  activity: (now: Activity) => void;
}
