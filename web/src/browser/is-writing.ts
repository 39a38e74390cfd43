const FIELDS = 'textarea, select, input:not([type=radio], [type=checkbox], [type=file])';

/** Whether what is pressed or pasted at `target` is text there, and not meant for the page. */
export function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(FIELDS);
}
