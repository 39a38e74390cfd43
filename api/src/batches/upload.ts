import { BATCH_PICTURES_MAX, type BatchAccepted } from '@inkqueue/shared/contracts/batch';
import { problemKinds } from '@inkqueue/shared/contracts/problems';
import multer from '@koa/multer';
import type { Context } from 'koa';
import type { StorageEngine } from 'multer';
import { ProblemError } from '../errors.ts';
import { multipartProblem, UPLOAD_FIELD } from '../http/uploads.ts';
import type { JobEntry } from '../queue/job-writer.ts';
import type { BatchWriter } from './writer.ts';

const FILENAME_MAX = 255;

/**
 * Reads a multipart request of many `file` parts into a batch, while it arrives: a part is read from the client only once
 * the batch has taken the one before, so that a slow queue slows the client and nothing piles up here.
 */
export function createBatchReader(options: { maxBytes: number; newBatch: () => BatchWriter }) {
  const { maxBytes, newBatch } = options;

  return async function readBatch(ctx: Context, { preview }: { preview: boolean }): Promise<BatchAccepted> {
    if (!ctx.is('multipart')) {
      throw new ProblemError(
        'unsupported-media-type',
        `Send multipart/form-data with many “${UPLOAD_FIELD}” parts.`,
      );
    }
    const batch = newBatch();
    const parse = multer({
      // @koa/multer's types describe an older StorageEngine than the multer that it wraps.
      storage: inTurn(async (file) => {
        const entry = await readPart(file.stream, maxBytes);
        await batch.add(
          'bytes' in entry ? { ...entry, preview } : entry,
          file.originalname?.slice(0, FILENAME_MAX) || null,
        );
      }) as unknown as multer.StorageEngine,
      limits: { files: BATCH_PICTURES_MAX + 1, fields: 8, fieldSize: 1_024, headerPairs: 32 },
    }).array(UPLOAD_FIELD);
    try {
      await parse(ctx, async () => {});
    } catch (err) {
      throw err instanceof ProblemError ? err : multipartProblem(err);
    }
    const accepted = await batch.finish();
    if (accepted.total > 0) return accepted;
    throw new ProblemError('missing-file', `Send each picture as a multipart field “${UPLOAD_FIELD}”.`);
  };
}

type Part = Parameters<StorageEngine['_handleFile']>[1];

/** A multer storage that handles one part after the other: an unread part holds the request back. */
function inTurn(handle: (file: Part) => Promise<void>): StorageEngine {
  let before: Promise<void> = Promise.resolve();
  return {
    _handleFile(_request, file, done) {
      before = before.then(() => handle(file));
      before.then(
        () => done(null, {}),
        (err: unknown) => {
          file.stream.resume();
          done(err);
        },
      );
    },
    _removeFile: (_request, _file, done) => done(null),
  };
}

/** A part over the limit is read to its end and thrown away: it fails its own entry, not the batch. */
async function readPart(stream: Part['stream'], maxBytes: number): Promise<JobEntry> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size <= maxBytes) return { bytes: Buffer.concat(chunks, size) };
  const { retryable } = problemKinds['too-large'];
  const detail = `A picture may have at most ${maxBytes.toLocaleString('en')} bytes.`;
  return { refused: { code: 'too-large', detail, retryable } };
}
