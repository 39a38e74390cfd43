/**
 * Reads a stream to its end, whatever its length, and holds at most `maxBytes` of it: a client that sends all of a request
 * before it reads would never see an earlier response.
 *
 * @returns null where the stream was longer
 * @throws what the stream fails with, where it breaks off
 */
export async function collect(stream: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= maxBytes ? Buffer.concat(chunks, size) : null;
}
