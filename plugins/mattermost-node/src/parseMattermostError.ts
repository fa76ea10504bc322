import {
  ParsedServiceError,
  ServiceErrorKind,
} from '@formulary/service-client-node';
import { z } from 'zod';

const bodySchema = z.object({ id: z.string(), message: z.string() });

/**
 * What an error id means where the status alone misleads: Mattermost answers
 * 400 for what exists already, and 401 or 501 for features that are switched
 * off (server/channels/app/user.go, server/channels/api4/user.go of Mattermost 11).
 */
const kinds: Record<string, ServiceErrorKind> = {
  'app.user.save.email_exists.app_error': 'conflict',
  'app.user.save.username_exists.app_error': 'conflict',
  'app.user.save.existing.app_error': 'conflict',
  'app.user.update.find.app_error': 'conflict',
  'app.user.update_auth_data.email_exists.app_error': 'conflict',
  'store.sql_team.save_team.existing.app_error': 'conflict',
  'store.sql_channel.save_channel.exists.app_error': 'conflict',
  'api.user.delete_user.not_enabled.app_error': 'forbidden',
  'api.user.delete_user.not_enabled.for_admin.app_error': 'forbidden',
};

/** Reads `model.AppError`; a 429 of the rate limiter is plain text instead. */
export function parseMattermostError(
  status: number,
  body: unknown,
): ParsedServiceError {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    return status === 429 ? { message: 'too many calls (limit exceeded)' } : {};
  }
  const { id, message } = parsed.data;
  return {
    code: id,
    message: `${message} (${id})`,
    // 501 is the answer of a feature that is off: trying again does not help.
    kind: kinds[id] ?? (status === 501 ? 'forbidden' : undefined),
  };
}
