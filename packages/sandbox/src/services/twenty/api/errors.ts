import { GraphQLError } from 'graphql';

/** What Twenty tells its users when it has nothing better (`use-graphql-error-handler.hook.ts`). */
const STANDARD_MESSAGE = 'An error occurred.';

/** Input that the workspace refuses (`twenty-orm-graphql-api-exception-handler.util.ts`). */
export function badInput(
  message: string,
  more: Record<string, unknown> = {},
): GraphQLError {
  return new GraphQLError(message, {
    extensions: {
      code: 'BAD_USER_INPUT',
      userFriendlyMessage: STANDARD_MESSAGE,
      ...more,
    },
  });
}

/** A record that is not there (`common-query-runner-to-graphql-api-exception-handler.util.ts`). */
export function recordNotFound(): GraphQLError {
  return new GraphQLError('Record not found', {
    extensions: {
      code: 'NOT_FOUND',
      subCode: 'RECORD_NOT_FOUND',
      userFriendlyMessage: 'This record does not exist or has been deleted.',
    },
  });
}

/** A key that is wrong (`jwt-wrapper.service.ts`, `auth-graphql-api-exception-handler.util.ts`). */
export function unauthenticated(): GraphQLError {
  return new GraphQLError('Token invalid.', {
    extensions: {
      code: 'UNAUTHENTICATED',
      subCode: 'UNAUTHENTICATED',
      userFriendlyMessage: 'You must be authenticated to perform this action.',
    },
  });
}

/** No key at all (`access-token.service.ts`). */
export function tokenMissing(): GraphQLError {
  return new GraphQLError('Missing authentication token', {
    extensions: {
      code: 'FORBIDDEN',
      subCode: 'FORBIDDEN_EXCEPTION',
      userFriendlyMessage: STANDARD_MESSAGE,
    },
  });
}

/** Too many operations: told as bad input (`throttler-to-graphql-api-exception-handler.util.ts`). */
export function limitReached(size: number, windowMs: number): GraphQLError {
  return badInput(`Limit reached (${size} tokens per ${windowMs} ms)`, {
    subCode: 'LIMIT_REACHED',
  });
}

/**
 * A unique value that another record has. The record in the way is named only
 * while it is not soft-deleted (`handle-duplicate-key-error.util.ts`,
 * `find-conflicting-record.util.ts`).
 */
export function duplicate(
  object: string,
  inTheWay: { id: string; label: string } | undefined,
): GraphQLError {
  return badInput(
    'A duplicate entry was detected',
    inTheWay
      ? {
          userFriendlyMessage: `This ${inTheWay.label} value is already in use. Please check your data and try again.`,
          conflictingRecordId: inTheWay.id,
          conflictingObjectNameSingular: object,
        }
      : {
          userFriendlyMessage:
            'This record already exists. Please check your data and try again.',
        },
  );
}
