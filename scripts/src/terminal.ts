/** One line about a step or an event. */
export function say(line: string): void {
  process.stdout.write(`• ${line}\n`);
}

/** An error on standard error. Each line starts with the project's name. */
export function complain(message: string): void {
  const lines = message.split('\n').map((line) => (line.startsWith('inkqueue') ? line : `inkqueue: ${line}`));
  process.stderr.write(`${lines.join('\n')}\n`);
}
