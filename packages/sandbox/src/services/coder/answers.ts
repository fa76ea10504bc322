import { z } from 'zod';

/** What Coder says of one field. */
export interface FieldProblem {
  field: string;
  detail: string;
}

/** An answer in the shape of every Coder error: message, detail, validations (codersdk.Response). */
export class CoderAnswer extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly detail?: string,
    readonly validations?: FieldProblem[],
  ) {
    super(message);
  }

  /** The body that goes over the wire. */
  body() {
    return {
      message: this.message,
      ...(this.detail ? { detail: this.detail } : {}),
      ...(this.validations ? { validations: this.validations } : {}),
    };
  }
}

/** The one 404 that Coder gives for what is not there and for what one may not see (httpapi.ResourceNotFound). */
export function notFound() {
  return new CoderAnswer(
    404,
    'Resource not found or you do not have access to this resource',
  );
}

/** The one 403 without a further reason (httpapi.Forbidden). */
export function forbidden() {
  return new CoderAnswer(
    403,
    'Forbidden.',
    "You don't have permission to view this content. If you believe this is a mistake, please contact your administrator or try signing in with different credentials.",
  );
}

/**
 * Reads a request body as coderd does: what does not fit is a 400 with one entry a field (httpapi.Read).
 */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  if (body === undefined || body === null || typeof body !== 'object') {
    throw new CoderAnswer(400, 'Request body must be valid JSON.', 'EOF');
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new CoderAnswer(
    400,
    'Validation failed.',
    undefined,
    result.error.issues.map(issue => ({
      field: issue.path.map(String).join('.'),
      detail: `Validation failed for tag "${tagOf(
        issue,
      )}" with value: ${JSON.stringify(valueAt(body, issue.path))}`,
    })),
  );
}

function tagOf(issue: { message: string; code?: string }): string {
  return issue.code === 'custom' ? issue.message : 'required';
}

function valueAt(body: object, path: PropertyKey[]): unknown {
  return (
    path.reduce<unknown>(
      (value, key) =>
        value && typeof value === 'object'
          ? Reflect.get(value, key)
          : undefined,
      body,
    ) ?? ''
  );
}
