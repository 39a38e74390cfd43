import type { Receivers } from './body-kinds.ts';
import { createImageReceiver } from './image-body.ts';
import { createImagePartsReceiver } from './image-parts.ts';
import { createJsonReceiver } from './json-body.ts';
import { createReceiving } from './receiving.ts';

/**
 * How this process receives bodies.
 *
 * @param options.maxBytes of one image
 * @param options.memoryMaxBytes of all bodies that are on their way
 * @param options.fetches whether clients may send addresses of images
 */
export function createReceivers(options: {
  maxBytes: number;
  memoryMaxBytes: number;
  timeoutMs: number;
  fetches: boolean;
}): Receivers {
  const { maxBytes, memoryMaxBytes, timeoutMs, fetches } = options;
  const receiving = createReceiving({ memoryMaxBytes, timeoutMs });
  return {
    json: createJsonReceiver({ receiving }),
    image: createImageReceiver({ receiving, maxBytes, fetches }),
    images: createImagePartsReceiver({ receiving, maxBytes, fetches }),
  };
}
