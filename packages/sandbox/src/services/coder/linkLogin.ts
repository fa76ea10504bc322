import { OidcIdentity } from '../../core/oidc-login';
import { CoderAnswer } from './answers';
import { Coder } from './Coder';
import { UserRow } from './model';

/**
 * The account that a log-in at the identity provider lands on (coderd/userauth.go):
 * the one linked to `issuer||subject`, else, for a first log-in only, the one
 * with the verified e-mail. Sign-ups are off, as with `CODER_OIDC_ALLOW_SIGNUPS=false`.
 *
 * @throws CoderAnswer with Coder's refusal
 */
export function linkLogin(coder: Coder, identity: OidcIdentity): UserRow {
  const { users } = coder.state;
  const { email, emailVerified } = identity;
  if (!email) throw new CoderAnswer(400, 'No email found in OIDC payload!');
  if (!emailVerified) {
    throw new CoderAnswer(
      403,
      `Verify the "${email}" email address on your OIDC provider to authenticate!`,
    );
  }
  const linkedId = `${identity.issuer}||${identity.subject}`;
  const user =
    users.find('link', linkedId) ?? users.find('email', email.toLowerCase());
  if (!user) {
    throw new CoderAnswer(
      403,
      'Signups are disabled',
      'Please contact your Coder administrator to request access.',
    );
  }
  if (user.linkedId && user.linkedId !== linkedId) {
    // Since coder/coder#25712 the e-mail is good for the first link only.
    throw new CoderAnswer(
      403,
      'Account already linked',
      'The account with this email is linked to another identity of your OIDC provider. Contact your Coder administrator.',
    );
  }
  if (user.loginType !== 'oidc') {
    throw new CoderAnswer(
      403,
      `Incorrect login type, attempting to use "oidc" but user is of login type "${user.loginType}"`,
    );
  }
  const now = new Date().toISOString();
  return users.put({
    ...user,
    linkedId,
    // The username stays: changing it could cost the person their workspaces.
    email,
    name: (identity.name ?? '').trim().slice(0, 128),
    status: user.status === 'dormant' ? 'active' : user.status,
    lastSeenAt: now,
    updatedAt: now,
  });
}
