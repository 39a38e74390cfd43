import type { PredictionPreview } from '@inkqueue/shared/contracts/prediction';
import { useEffect, useRef } from 'react';
import { tilesOf } from '../../state/prediction/read-number.ts';

/**
 * The network input, pixel by pixel: ink on a transparent ground; of several digits all inputs side by side. Without a `label`
 * it is decoration.
 */
export function InkPixels(props: {
  networkInput: PredictionPreview;
  label: string | null;
  className: string;
}) {
  const { label, className } = props;
  const { width, height, pixels, digits } = props.networkInput;
  const canvas = useRef<HTMLCanvasElement>(null);
  const inputs = digits ?? [{ pixels }];
  const tiles = tilesOf(inputs.length);
  const all = inputs.map((input) => input.pixels).join(' ');

  useEffect(() => {
    const element = canvas.current!;
    const context = element.getContext('2d')!;
    context.clearRect(0, 0, element.width, element.height);
    const each = all.split(' ');
    for (const [index, { left, top }] of tilesOf(each.length).boxes.entries()) {
      const image = context.createImageData(width, height);
      // Black with the ink as its opacity: in dark mode the style turns it white.
      const ink = Uint8Array.from(atob(each[index]!), (byte) => byte.charCodeAt(0));
      for (let pixel = 0; pixel < width * height; pixel += 1) image.data[pixel * 4 + 3] = ink[pixel] ?? 0;
      context.putImageData(image, left * width, top * height);
    }
  }, [width, height, all]);

  return (
    <canvas
      ref={canvas}
      className={`ink-pixels ${className}`}
      width={tiles.size[0] * width}
      height={tiles.size[1] * height}
      role={label === null ? undefined : 'img'}
      aria-label={label ?? undefined}
      aria-hidden={label === null}
    />
  );
}
