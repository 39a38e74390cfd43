const TOUCHES = ['pointermove', 'pointerdown', 'keydown', 'dragenter', 'paste'] as const;

/** Resolves once somebody uses the page, with whatever it is: until then nothing needs to be followed. */
export function firstTouch(): Promise<void> {
  return new Promise((resolve) => {
    const touched = new AbortController();
    for (const touch of TOUCHES) {
      addEventListener(
        touch,
        () => {
          touched.abort();
          resolve();
        },
        { signal: touched.signal, passive: true },
      );
    }
  });
}
