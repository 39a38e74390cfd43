import { useEffect, useRef } from 'react';
import { drawnValues, type WhyMap } from '../state/prediction/why-map.ts';

/** Red, green and blue. Both are light: they tint the white ink of the network's input. */
const FOR = [255, 98, 0] as const;
const AGAINST = [40, 130, 255] as const;

/** Over the network's input, which it tints: orange where the ink speaks for the digit, blue where it speaks against it. */
export function WhyOverlay({ map, label }: { map: WhyMap; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    const image = context.createImageData(map.width, map.height);
    for (const [cell, value] of drawnValues(map).entries())
      image.data.set([...(value > 0 ? FOR : AGAINST), Math.round(Math.abs(value) * 255)], cell * 4);
    context.putImageData(image, 0, 0);
  }, [map]);

  return (
    <canvas
      ref={canvas}
      className="why-overlay"
      width={map.width}
      height={map.height}
      role="img"
      aria-label={label}
    />
  );
}
