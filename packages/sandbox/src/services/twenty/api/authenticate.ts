import { sameText } from '../../../core/sameText';
import { tokenMissing, unauthenticated } from './errors';

/** @throws GraphQLError unless the header holds the API key */
export function authenticate(
  authorization: string | null | undefined,
  key: string,
): void {
  if (!authorization) throw tokenMissing();
  if (!sameText(authorization, `Bearer ${key}`)) throw unauthenticated();
}
