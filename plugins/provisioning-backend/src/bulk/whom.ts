import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import { BulkFileLine } from './readBulkFile';

const emailSchema = z.email();

/** Whether a text has the form of an e-mail address. */
export function isEmail(text: string): boolean {
  return emailSchema.safeParse(text).success;
}

/** Whether a line names somebody by an e-mail address. */
export function isByEmail({ user, email }: BulkFileLine): boolean {
  return !user && isEmail(email);
}

/**
 * Whom a line means, or why that cannot be said.
 *
 * @param byEmail - the refs of the people who have an address, by address
 */
export function whom(
  line: BulkFileLine,
  byEmail: Map<string, Set<string>>,
): { userRef?: string; problem?: string } {
  const { user, email } = line;
  if (user) return refOf(user);
  if (!email) {
    return { problem: 'The line names nobody: user and email are empty' };
  }
  if (!isByEmail(line)) {
    return { problem: `"${email}" is not an e-mail address` };
  }
  const [userRef, ...others] = byEmail.get(email) ?? [];
  if (!userRef) {
    return { problem: `Nobody with the address ${email} is known` };
  }
  if (others.length > 0) {
    return {
      problem: `Several people have the address ${email}. Name the one who is meant in the column "user"`,
    };
  }
  return { userRef };
}

function refOf(user: string): { userRef?: string; problem?: string } {
  try {
    const ref = parseEntityRef(user, {
      defaultKind: 'user',
      defaultNamespace: 'default',
    });
    if (ref.kind.toLocaleLowerCase('en-US') !== 'user') {
      return { problem: `"${user}" is not a person` };
    }
    return { userRef: stringifyEntityRef(ref) };
  } catch (error) {
    // What parseEntityRef throws is all about the words that it was given.
    if (!(error instanceof TypeError)) throw error;
    return { problem: `"${user}" is neither a username nor a ref of a user` };
  }
}
