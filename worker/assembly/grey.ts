import { grey, inflated } from './memory';

/**
 * The grey of opaque samples whose colours are equal everywhere, from `inflated` to `grey`: of RGBA, as canvases save them, of RGB, or of
 * grey with alpha.
 *
 * @returns false for samples with colours or transparency
 */
export function toGrey(pixels: i32, channels: i32): bool {
  return channels === 4 ? greyOfRgba(pixels) : channels === 3 ? greyOfRgb(pixels) : greyOfOpaque(pixels);
}

function greyOfRgba(pixels: i32): bool {
  let opaque = i32x4.splat(-1);
  let differences = i32x4.splat(0);
  const bytes = 4 * pixels;
  let at = 0;
  let to = grey;
  for (; at + 64 <= bytes; at += 64, to += 16) {
    const a = v128.load(inflated + at);
    const b = v128.load(inflated + at, 16);
    const c = v128.load(inflated + at, 32);
    const d = v128.load(inflated + at, 48);
    opaque = v128.and(opaque, v128.and(v128.and(a, b), v128.and(c, d)));
    differences = v128.or(differences, v128.or(v128.or(unlike(a), unlike(b)), v128.or(unlike(c), unlike(d))));
    const ab = v128.shuffle<i8>(a, b, 0, 4, 8, 12, 16, 20, 24, 28, 0, 4, 8, 12, 16, 20, 24, 28);
    const cd = v128.shuffle<i8>(c, d, 0, 4, 8, 12, 16, 20, 24, 28, 0, 4, 8, 12, 16, 20, 24, 28);
    v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
  }
  for (; at < bytes; at += 4, to++) {
    const word = i32x4.splat(load<i32>(inflated + at));
    opaque = v128.and(opaque, word);
    differences = v128.or(differences, unlike(word));
    store<u8>(to, load<u8>(inflated + at));
  }
  const isOpaque = i8x16.all_true(v128.or(i8x16.eq(opaque, i8x16.splat(-1)), i32x4.splat(0x00ffffff)));
  return isOpaque && !v128.any_true(v128.and(differences, i32x4.splat(0xffff)));
}

/** Not 0 in the low 16 bits of each pixel where red, green and blue differ. */
function unlike(four: v128): v128 {
  return v128.xor(four, i32x4.shr_u(four, 8));
}

function greyOfRgb(pixels: i32): bool {
  let at = inflated;
  for (let i = 0; i < pixels; i++, at += 3) {
    const red = load<u8>(at);
    if (red !== load<u8>(at, 1) || red !== load<u8>(at, 2)) return false;
    store<u8>(grey + i, red);
  }
  return true;
}

function greyOfOpaque(pixels: i32): bool {
  for (let i = 0; i < pixels; i++) {
    if (load<u8>(inflated + 2 * i, 1) !== 255) return false;
    store<u8>(grey + i, load<u8>(inflated + 2 * i));
  }
  return true;
}
