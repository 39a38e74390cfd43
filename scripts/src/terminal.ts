/** The start can't go on. The message is for the person who typed the command: one line, or one a problem. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** One line about a step or an event. */
export function say(line: string): void {
  process.stdout.write(`• ${line}\n`);
}

/** An error on standard error; each line says that it is ours, unless it does so already. */
export function complain(message: string): void {
  const lines = message.split('\n').map((line) => (line.startsWith('inkqueue') ? line : `inkqueue: ${line}`));
  process.stderr.write(`${lines.join('\n')}\n`);
}
