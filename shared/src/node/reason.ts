/** Why something failed, in the words of its error: `connect ECONNREFUSED 192.0.2.1:443`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node.js reports a host name with several addresses as an AggregateError without a message.
  return error.message || ('code' in error ? String(error.code) : error.name);
}
