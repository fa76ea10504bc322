import { GiteaUser } from '@formulary/plugin-gitea-node';
import { Person } from '@formulary/plugin-provisioning-common';

/** Why an account with the person's e-mail can't be taken over, if it can't. */
export function adoptionProblem(
  user: GiteaUser,
  person: Person,
): string | undefined {
  if (user.login_name !== '' || (user.source_id ?? 0) !== 0) {
    return 'and is linked to another identity. If it is the same person, an admin can clear its login name in Gitea; otherwise give it another e-mail';
  }
  if (user.is_admin) {
    return 'and is a site administrator, which is never linked automatically. Link it by hand, or give it another e-mail';
  }
  if (!person.emailVerified) {
    return 'and the identity provider does not vouch for that address. Verify the e-mail there and try again';
  }
  if (user.prohibit_login) {
    return 'and may not log in. Allow the log-in in Gitea if it is the same person; otherwise give it another e-mail';
  }
  // A log-in would activate it (`routers/web/auth/oauth.go`), whoever deactivated it and why, or never proved its address.
  if (!user.active) {
    return 'and is not activated. Activate it in Gitea if it is the same person; otherwise give it another e-mail';
  }
  return undefined;
}
