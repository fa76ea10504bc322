import express from 'express';

/**
 * An error answer of the Admin API. Keycloak has two families: `error` for what
 * JAX-RS throws and `errorMessage` for what its own ErrorResponse makes.
 */
export class AdminError extends Error {
  constructor(
    readonly status: number,
    readonly body: { error: string } | { errorMessage: string; field?: string },
  ) {
    super(JSON.stringify(body));
    this.name = 'AdminError';
  }
}

/** 404 of the `error` family. */
export function notFound(error = 'HTTP 404 Not Found'): AdminError {
  return new AdminError(404, { error });
}

/** 400 of the `errorMessage` family. */
export function badRequest(errorMessage: string): AdminError {
  return new AdminError(400, { errorMessage });
}

/** 409 of the `errorMessage` family. */
export function conflict(errorMessage: string): AdminError {
  return new AdminError(409, { errorMessage });
}

/** The row that was looked for, or 404. */
export function found<T>(row: T | undefined, error?: string): T {
  if (row === undefined) throw notFound(error);
  return row;
}

/** Last middleware of an API: turns errors into answers. */
export function adminErrors(
  log: (message: string) => void,
): express.ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) {
      next(error);
    } else if (error instanceof AdminError) {
      response.status(error.status).json(error.body);
    } else if (error?.type === 'entity.too.large') {
      response.status(413).json({ error: 'HTTP 413 Request Entity Too Large' });
    } else if (error?.status === 400) {
      response.status(400).json({ error: 'Cannot parse the JSON' });
    } else {
      log(`admin API: ${error instanceof Error ? error.stack : error}`);
      response.status(500).json({
        error: 'unknown_error',
        error_description: 'For more on this error consult the server log.',
      });
    }
  };
}
