import { ParsedServiceError } from '@formulary/service-client-node';
import { z } from 'zod';

// Nearly always `message`; a few routes of repositories answer `error`.
const bodySchema = z.union([
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.object({ error: z.string() }).transform(({ error }) => error),
]);

/**
 * Reads Gitea's error body. Its message is for people only: Gitea's own source
 * says that it should not be used to tell errors apart (`services/context/api.go`).
 */
export function parseGiteaError(
  _status: number,
  body: unknown,
): ParsedServiceError {
  const parsed = bodySchema.safeParse(body);
  return parsed.success && parsed.data ? { message: parsed.data } : {};
}
