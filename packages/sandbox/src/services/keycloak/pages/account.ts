import { html } from '../../../core/page';
import { UserClaims } from '../model/claims';
import { keycloakPage } from './layout';

/** What the realm knows about the person who is signed in. */
export function accountPage(claims: UserClaims, logoutPath: string): string {
  const rows: Array<[string, string]> = [
    ['Name', String(claims.name ?? '')],
    ['Username', claims.preferred_username],
    [
      'Email',
      `${claims.email ?? ''}${
        claims.email_verified ? ' (verified)' : ' (not verified)'
      }`,
    ],
    ['Organisation', claims.organization?.join(', ') ?? 'none'],
    ['Groups', (claims.groups ?? []).join(', ') || 'none'],
    ['Subject', claims.sub],
  ];
  return keycloakPage(
    'Your account',
    html`<table>
      ${rows.map(
        ([name, value]) => html`<tr>
          <th scope="row">${name}</th>
          <td>${value}</td>
        </tr>`,
      )}
    </table>`,
    { name: claims.preferred_username, logoutPath },
  );
}
