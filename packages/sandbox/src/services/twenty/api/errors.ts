import { GraphQLError } from 'graphql';
import { UniqueViolation } from '../../../core/store';

/** Input that the workspace refuses (`twenty-orm-graphql-api-exception-handler.util.ts`). */
export function badInput(
  message: string,
  more: Record<string, unknown> = {},
): GraphQLError {
  return new GraphQLError(message, {
    extensions: {
      code: 'BAD_USER_INPUT',
      userFriendlyMessage: message,
      ...more,
    },
  });
}

/** A record that is not there. */
export function recordNotFound(): GraphQLError {
  return new GraphQLError('Record not found', {
    extensions: {
      code: 'NOT_FOUND',
      subCode: 'RECORD_NOT_FOUND',
      userFriendlyMessage: 'This record does not exist or has been deleted.',
    },
  });
}

/** No key, or a wrong one. */
export function unauthenticated(): GraphQLError {
  return new GraphQLError('Token invalid.', {
    extensions: {
      code: 'UNAUTHENTICATED',
      userFriendlyMessage: 'You must be authenticated to perform this action.',
    },
  });
}

/** Runs a write and tells a unique constraint that it breaks as Twenty does (`handle-duplicate-key-error.util.ts`). */
export function write<T>(object: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    throw badInput('A duplicate entry was detected', {
      userFriendlyMessage: 'This record already exists.',
      conflictingRecordId: error.existingId,
      conflictingObjectNameSingular: object,
    });
  }
}
