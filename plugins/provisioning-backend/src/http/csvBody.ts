import { InputError } from '@backstage/errors';
import { BULK_MAX_BYTES } from '@formulary/plugin-provisioning-common';
import express, { Request, RequestHandler } from 'express';

const MAX_MB = BULK_MAX_BYTES / 1024 / 1024;

/** A file that is too large, answered with 413. */
class FileTooLargeError extends Error {
  readonly name = 'FileTooLargeError';
  readonly status = 413;
}

const readRaw = express.raw({ type: 'text/csv', limit: BULK_MAX_BYTES });

/** Reads a body of the type `text/csv`. */
export const csvBody: RequestHandler = (request, response, next) =>
  readRaw(request, response, (error?: unknown) => {
    // What body-parser passes on above its limit.
    const tooLarge =
      error instanceof Error &&
      'type' in error &&
      error.type === 'entity.too.large';
    next(
      tooLarge
        ? new FileTooLargeError(
            `The file is larger than ${MAX_MB} MB. Divide it into several files`,
          )
        : error,
    );
  });

/** @throws InputError when the request has no such body */
export function csvOf(request: Request): Buffer {
  if (Buffer.isBuffer(request.body)) return request.body;
  throw new InputError(
    'Send the file as the body of the request, with the Content-Type text/csv',
  );
}
