import { z } from 'zod';
import { ApiError } from './apiError';

/** Reads a body as Gitea's binding does: 422 with `[Field]: Rule` for what does not fit. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = String(issue.path[0] ?? 'Body');
  const rule = issue.code === 'too_big' ? 'MaxSize' : 'Required';
  throw new ApiError(
    422,
    `[${field[0].toUpperCase()}${field.slice(1)}]: ${rule}`,
  );
}
