/** More digits in a row would be too small to read. */
const DIGITS_IN_ROW = 10;

/** The lines of `text`, long ones in several rows of about the same length. One empty row without text. */
export function rowsOf(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const rows = Math.max(1, Math.ceil(line.length / DIGITS_IN_ROW));
    const length = Math.ceil(line.length / rows);
    return Array.from({ length: rows }, (_, row) => line.slice(row * length, (row + 1) * length));
  });
}
