import { z } from 'zod';
import { type Prediction, prediction, predictionId } from './prediction.ts';
import { problem } from './problems.ts';

/** Answer to a `follow`: the prediction as it stands now, or why it can't be followed. */
export const followReply = z.union([
  z.object({ ok: z.literal(true), prediction }),
  z.object({ ok: z.literal(false), problem }),
]);
export type FollowReply = z.infer<typeof followReply>;

export const followRequest = z.object({ id: predictionId });
export type FollowRequest = z.infer<typeof followRequest>;

/**
 * socket.io, browser → api. `follow` answers with a snapshot first; every later state arrives as `prediction`.
 * After a reconnect a client follows again: the snapshot covers what it missed.
 */
export interface ClientToServerEvents {
  follow: (request: FollowRequest, reply: (answer: FollowReply) => void) => void;
  unfollow: (request: FollowRequest) => void;
}

/** socket.io, api → browser. */
export interface ServerToClientEvents {
  prediction: (state: Prediction) => void;
}
