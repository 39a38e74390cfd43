import { MulterError } from 'multer';
import { ProblemError } from '../../errors.ts';

/** The multipart field of an image. */
export const IMAGE_FIELD = 'file';

/** Limits on what a form may hold besides images. */
export const FORM_LIMITS = { fields: 8, fieldSize: 1_024, headerPairs: 32 } as const;

/** The problem of an upload that broke off. */
export const broken = () =>
  new ProblemError('malformed-upload', 'The upload broke off before its end. Send it again.');

/** The problem of an image over the limit. */
export const tooLarge = (maxBytes: number) =>
  new ProblemError('too-large', `A picture may have at most ${maxBytes.toLocaleString('en')} bytes.`);

/** multer's codes and busboy's messages as named problems. @throws any other error */
export function toFormProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof MulterError) {
    if (error.code === 'LIMIT_FILE_COUNT' || error.field === IMAGE_FIELD) {
      return new ProblemError('too-many-files', 'Send one picture in a request.');
    }
    if (error.code === 'LIMIT_UNEXPECTED_FILE') {
      return new ProblemError(
        'unexpected-field',
        `The file came in the field “${error.field ?? ''}”; send it as “${IMAGE_FIELD}”.`,
      );
    }
    return new ProblemError('malformed-upload', `The form is not acceptable: ${error.message}.`);
  }
  if (
    error instanceof Error &&
    /multipart|boundary|unexpected end of (form|file)|malformed/i.test(error.message)
  ) {
    return new ProblemError('malformed-upload', `The multipart body is malformed: ${error.message}.`);
  }
  throw error;
}
