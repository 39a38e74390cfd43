import type { PredictionPreview } from '@inkqueue/shared/contracts/prediction';

/** How much of the network input is ink: 0 is bare paper, 1 would be full ink everywhere. */
export function inkShare({ width, height, pixels }: PredictionPreview): number {
  let sum = 0;
  for (const byte of atob(pixels)) sum += byte.charCodeAt(0);
  return sum / (255 * width * height);
}
