const WIDTH = 110;

/**
 * JSON as the repository's linter formats it: an object has a line for each field, an array one line where it fits and holds no objects.
 *
 * @param {unknown} value
 */
export const formatJson = (value) => `${format(value, '', 0)}\n`;

/**
 * @param {unknown} value
 * @param {string} indent of the line that it begins on
 * @param {number} used columns of that line, what follows the value included
 * @returns {string}
 */
function format(value, indent, used) {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (!Array.isArray(value)) {
    const fields = Object.entries(value).map(([key, field]) => {
      const name = `${JSON.stringify(key)}: `;
      return `${inner}${name}${format(field, inner, inner.length + name.length + 1)}`;
    });
    return fields.length === 0 ? '{}' : `{\n${fields.join(',\n')}\n${indent}}`;
  }
  const items = value.map((item) => format(item, inner, inner.length + 1));
  const line = `[${items.join(', ')}]`;
  const isShort = used + line.length <= WIDTH && !line.includes('\n');
  return isShort ? line : `[\n${items.map((item) => inner + item).join(',\n')}\n${indent}]`;
}
