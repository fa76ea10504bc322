import { createHmac, randomUUID } from 'node:crypto';
import { Problem } from '../launch/problem.mjs';

const ORGANISATION = 'acme';

/** The people of the test, whom an administrator makes in Keycloak. */
export class Persons {
  /** Everybody made so far: `{ subject, username, email }`. */
  all = [];
  #keycloak;
  #organisationId;
  #secret;

  /**
   * @param keycloak - bare calls of the Admin API
   * @param secret - of the webhook
   */
  static async create(keycloak, secret) {
    const persons = new Persons();
    const organisations = await keycloak.get('/organizations');
    persons.#keycloak = keycloak;
    persons.#secret = secret;
    persons.#organisationId = organisations.find(
      ({ alias, name }) => (alias ?? name) === ORGANISATION,
    ).id;
    return persons;
  }

  /** Makes some people, each a member of an organisation. Keycloak tells the portal, which may not be there. */
  async add(count) {
    const numbers = Array.from(
      { length: count },
      (_, i) => this.all.length + i,
    );
    await Promise.all(numbers.map(number => this.#addOne(number)));
  }

  async #addOne(number) {
    const username = `chaos-${String(number).padStart(4, '0')}`;
    const email = `${username}@acme.example`;
    const person = { username, email };
    this.all.push(person);
    await this.#keycloak.post('/users', {
      username,
      email,
      emailVerified: true,
      enabled: true,
      firstName: 'Person',
      lastName: String(number),
    });
    const [{ id }] = await this.#keycloak.get(
      `/users?username=${username}&exact=true`,
    );
    person.subject = id;
    await this.#keycloak.post(
      `/organizations/${this.#organisationId}/members`,
      id,
    );
  }

  /** Tells a replica of somebody again, signed as Keycloak signs: its own events are not repeated when nobody listened. */
  async tell(replica, { subject, username }) {
    const body = JSON.stringify({
      uid: randomUUID(),
      type: 'admin.USER-UPDATE',
      resourceType: 'USER',
      operationType: 'UPDATE',
      resourcePath: `users/${subject}`,
      details: { userId: subject, username },
    });
    const response = await fetch(
      `${replica.url}/api/provisioning/webhooks/keycloak`,
      {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Keycloak-Signature': createHmac('sha256', this.#secret)
            .update(body)
            .digest('hex'),
        },
        body,
      },
    );
    if (!response.ok) {
      throw new Problem(
        `The webhook was answered with ${
          response.status
        }: ${await response.text()}`,
      );
    }
  }
}
