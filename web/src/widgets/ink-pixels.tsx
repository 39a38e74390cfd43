import type { PredictionPreview } from '@inkqueue/shared/contracts/prediction';
import { useEffect, useRef } from 'react';

/** The network input, pixel by pixel: ink on a transparent ground. Without a `label` it is decoration. */
export function InkPixels(props: {
  networkInput: PredictionPreview;
  label: string | null;
  className: string;
}) {
  const { networkInput, label, className } = props;
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    const { width, height } = networkInput;
    const image = context.createImageData(width, height);
    // Black with the ink as its opacity: in dark mode the style turns it white.
    const ink = Uint8Array.from(atob(networkInput.pixels), (byte) => byte.charCodeAt(0));
    for (let pixel = 0; pixel < width * height; pixel += 1) image.data[pixel * 4 + 3] = ink[pixel] ?? 0;
    context.putImageData(image, 0, 0);
  }, [networkInput]);

  return (
    <canvas
      ref={canvas}
      className={`ink-pixels ${className}`}
      width={networkInput.width}
      height={networkInput.height}
      role={label === null ? undefined : 'img'}
      aria-label={label ?? undefined}
      aria-hidden={label === null}
    />
  );
}
