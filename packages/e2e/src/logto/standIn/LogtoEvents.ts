import { createHmac } from 'node:crypto';
import { FakeLogto, FakeLogtoUser } from '@formulary/logto-test-utils';

/** Tells the portal of people, as Logto's webhooks do: signed, once, without waiting. */
export class LogtoEvents {
  constructor(
    private readonly portal: string,
    private readonly signingKey: string,
  ) {}

  /** The events of a sign-up: in Logto both fire, and that of each organisation. */
  signedUp({ organizations, ...user }: FakeLogtoUser): void {
    this.send('PostRegister', { userId: user.id, user });
    this.send('User.Created', { data: user });
    for (const key of Object.keys(organizations ?? {})) {
      this.send('Organization.Membership.Updated', {
        organizationId: FakeLogto.organizationId(key),
        addedUserIds: [user.id],
      });
    }
  }

  /** The event of a suspension, and of its end. */
  suspended({ organizations: _, ...user }: FakeLogtoUser): void {
    this.send('User.SuspensionStatus.Updated', { data: user });
  }

  private send(event: string, fields: object): void {
    const body = JSON.stringify({
      event,
      createdAt: new Date().toISOString(),
      hookId: 'portal',
      ...fields,
    });
    fetch(`${this.portal}/api/provisioning/webhooks/logto`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'Logto (https://logto.io/)',
        // `utils/sign.ts` of logto-io/logto.
        'logto-signature-sha-256': createHmac('sha256', this.signingKey)
          .update(body)
          .digest('hex'),
      },
      body,
    }).then(
      ({ status }) => console.log(`${event}: ${status}`),
      // Logto does not send it again either.
      error => console.log(`${event}: ${error}`),
    );
  }
}
