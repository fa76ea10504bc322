/**
 * What the connectors ask of each service for somebody who is new there, made
 * by hand: the same calls in the same order, without anything around them.
 *
 * @param apis - of `bareServices`
 * @param services - from the sandbox's credentials
 */
export function bareCalls({ gitea, coder, mattermost, twenty }, services) {
  const { oauthSourceId } = services.gitea;
  const people = filter =>
    twenty.graphql(
      `query People($filter: PersonFilterInput) {
        people(filter: $filter, first: 1) { edges { node { ${PERSON} } } }
      }`,
      { filter },
    );
  const company = async filter => {
    const { companies } = await twenty.graphql(
      `query Companies($filter: CompanyFilterInput) {
        companies(filter: $filter, first: 1, orderBy: [{ createdAt: AscNullsLast }]) {
          edges { node { id name domainName { primaryLinkUrl } } }
        }
      }`,
      { filter },
    );
    return companies.edges[0]?.node;
  };
  return {
    async gitea({ subject, username, email }) {
      await gitea.get(
        `/admin/users?source_id=${oauthSourceId}&login_name=${subject}&limit=2`,
      );
      await gitea.get(
        `/users/search?q=${encodeURIComponent(email)}&page=1&limit=50`,
      );
      await gitea.post('/admin/users', {
        username,
        email,
        full_name: username,
        source_id: oauthSourceId,
        login_name: subject,
        must_change_password: false,
        send_notify: false,
      });
    },

    async coder({ username, email }) {
      await coder.get(
        `/users?q=${encodeURIComponent(email)}&limit=100&offset=0`,
      );
      // Coder answers 400 to a name that nobody has.
      await coder.find(`/users/${username}-0123456789`, 400);
      const { id } = await coder.get('/organizations/default');
      await coder.post('/users', {
        username,
        email,
        name: username,
        login_type: 'oidc',
        organization_ids: [id],
      });
    },

    async mattermost({ subject, username, email }) {
      await mattermost.find(`/users/email/${encodeURIComponent(email)}`);
      await mattermost.find(`/users/username/${username}`);
      await mattermost.find(`/users/username/${username}-0123456789`);
      await mattermost.post('/users', {
        username,
        email,
        email_verified: true,
        auth_service: 'openid',
        auth_data: subject,
        disable_welcome_email: true,
      });
    },

    async twenty({ username, email }) {
      const address = { emails: { primaryEmail: { ilike: email } } };
      await people(address);
      await people({ ...address, deletedAt: { is: 'NOT_NULL' } });
      const host = email.split('@')[1];
      const found =
        (await company({
          domainName: {
            primaryLinkUrl: { in: [host, `https://${host}`, `http://${host}`] },
          },
        })) ?? (await company({ name: { eq: 'acme' } }));
      await twenty.graphql(
        `mutation CreatePerson($data: PersonCreateInput!) {
          createPerson(data: $data) { ${PERSON} }
        }`,
        {
          data: {
            emails: { primaryEmail: email },
            name: { firstName: 'Person', lastName: username },
            companyId: found?.id,
          },
        },
      );
    },
  };
}

const PERSON = `id name { firstName lastName } emails { primaryEmail } jobTitle companyId deletedAt`;

/** What the engine asks the identity provider about somebody before it does anything. */
export async function bareLookUp(keycloak, { subject }) {
  await keycloak.get(`/users/${subject}`);
  await Promise.all([
    keycloak.get(`/users/${subject}/groups?first=0&max=100`),
    keycloak.get(`/organizations/members/${subject}/organizations`),
  ]);
}

/** The same person under another name and address: somebody who is new to the services. */
export const twin = (person, name) => ({
  subject: `${name}-${person.subject}`,
  username: `${name}-${person.username}`,
  email: `${name}-${person.email}`,
});
