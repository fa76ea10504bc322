import { stableId, tokenId } from './ids';
import { CoderState } from './model';

/** Username of the account whose token is in the credentials. */
export const ADMIN = 'formulary-bot';

/**
 * The organisation that a new Coder has, and the owner whose token Formulary uses.
 * Run at every start: what is there already stays.
 */
export function seed(state: CoderState, token: string): void {
  const now = new Date().toISOString();
  // Coder calls its first organisation "coder" (coderd/database/migrations, 000001).
  const organizationId = stableId('coder', 'organization', 'coder');
  if (!state.organizations.get(organizationId)) {
    state.organizations.put({
      id: organizationId,
      name: 'coder',
      displayName: 'Coder',
      isDefault: true,
      createdAt: now,
    });
  }
  const userId = stableId('coder', 'user', ADMIN);
  if (!state.users.get(userId)) {
    state.users.put({
      id: userId,
      username: ADMIN,
      email: `${ADMIN}@formulary.example`,
      name: 'Formulary',
      loginType: 'none',
      status: 'active',
      owner: true,
      organizationIds: [organizationId],
      createdAt: now,
      updatedAt: now,
      lastSeenAt: now,
      deleted: false,
    });
  }
  state.tokens.put({ id: tokenId(token), userId });
}
