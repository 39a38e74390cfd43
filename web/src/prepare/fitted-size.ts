const LONGER_SIDE_MAX = 1600;
/** Of a panorama or a strip of paper the digits are as high as the shorter side lets them: it stays readable. */
const SHORTER_SIDE_MIN = 640;

/** Width and height in pixels. */
export type Size = readonly [width: number, height: number];

/** The size at which a picture is sent: at most 1,600 pixels long, or where it is long and narrow, 640 pixels wide. */
export function fittedSize([width, height]: Size): Size {
  const longer = Math.max(width, height);
  const shorter = Math.min(width, height);
  const scale = Math.min(1, Math.max(LONGER_SIDE_MAX / longer, SHORTER_SIDE_MIN / shorter));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}
