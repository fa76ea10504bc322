import express from 'express';

/**
 * An answer that is an error: always `{"message","url"}`, whose message is not
 * for machines (Gitea's `services/context/api.go`, `APIError`).
 */
export class ApiError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
    this.name = 'ApiError';
  }
}

/** Sends errors as Gitea does; what is not an {@link ApiError} is a 500 with no message. */
export function apiErrors(
  url: string,
  log: (message: string) => void,
): express.ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    // A body that is no JSON fails in Gitea's binding, like one that does not fit.
    const known =
      error instanceof SyntaxError ? new ApiError(422, error.message) : error;
    const isKnown = known instanceof ApiError;
    if (!isKnown) log(`failed: ${error}`);
    response.status(isKnown ? known.status : 500).json({
      message: isKnown ? known.message : '',
      url: `${url}/api/swagger`,
    });
  };
}

/** A not-found answer. */
export const notFound = () => new ApiError(404, 'not found');
