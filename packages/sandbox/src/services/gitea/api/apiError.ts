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
    const known = error instanceof ApiError;
    const badBody = error instanceof SyntaxError;
    if (!known && !badBody) log(`failed: ${error}`);
    response.status(known ? error.status : badBody ? 422 : 500).json({
      message: known || badBody ? error.message : '',
      url: `${url}/api/swagger`,
    });
  };
}

/** A not-found answer. */
export const notFound = () => new ApiError(404, 'not found');
