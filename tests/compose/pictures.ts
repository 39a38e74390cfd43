import sharp from 'sharp';

/** A seven drawn with a thick pen, dark on white, as a PNG. */
export function drawSeven(): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200">
    <rect width="200" height="200" fill="white"/>
    <path d="M60 50 L140 50 L95 155" fill="none" stroke="#222" stroke-width="16"
      stroke-linecap="round" stroke-linejoin="round"/>
  </svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
