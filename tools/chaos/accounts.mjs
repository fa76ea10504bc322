import { SERVICES } from './chains.mjs';

async function pages(read) {
  const rows = [];
  for (let page = 0; ; page += 1) {
    const next = await read(page);
    rows.push(...next);
    if (next.length === 0) return rows;
  }
}

const PEOPLE = `query ($after: String) {
  people(first: 60, after: $after) {
    edges { node { id emails { primaryEmail } } }
    pageInfo { endCursor hasNextPage }
  }
}`;

async function twentyPeople(twenty) {
  const rows = [];
  let after;
  for (;;) {
    const { people } = await twenty.graphql(PEOPLE, { after });
    rows.push(...people.edges.map(({ node }) => node));
    if (!people.pageInfo.hasNextPage) return rows;
    after = people.pageInfo.endCursor;
  }
}

/** Every account of a service, as the service says: `{ email, isLinkedTo }`. */
const READERS = {
  gitea: async ({ gitea }, { oauthSourceId }) =>
    (
      await pages(page => gitea.get(`/admin/users?limit=50&page=${page + 1}`))
    ).map(user => ({
      email: user.email,
      isLinkedTo: ({ subject }) =>
        user.login_name === subject && user.source_id === oauthSourceId,
    })),
  coder: async ({ coder }) =>
    (
      await pages(
        async page =>
          (
            await coder.get(`/users?limit=100&offset=${page * 100}`)
          ).users,
      )
    ).map(user => ({
      email: user.email,
      isLinkedTo: () => user.login_type === 'oidc',
    })),
  mattermost: async ({ mattermost }) =>
    (
      await pages(page => mattermost.get(`/users?per_page=100&page=${page}`))
    ).map(user => ({
      email: user.email,
      isLinkedTo: ({ subject }) =>
        user.auth_service === 'openid' && user.auth_data === subject,
    })),
  twenty: async ({ twenty }) =>
    (await twentyPeople(twenty)).map(record => ({
      email: record.emails.primaryEmail,
      // A record in Twenty is known by its e-mail and nothing else.
      isLinkedTo: () => true,
    })),
};

/** How many accounts each service has. */
export async function countAccounts(apis, services) {
  const counts = {};
  for (const service of SERVICES) {
    counts[service] = (await READERS[service](apis, services.gitea)).length;
  }
  return counts;
}

/**
 * Counts at the services themselves who has exactly one account that is linked
 * to them, who has none, more than one or a wrong one, and what belongs to nobody.
 *
 * @param before - accounts that were there before the test, by service
 */
export async function judgeAccounts(apis, services, persons, before) {
  const verdicts = {};
  for (const service of SERVICES) {
    const accounts = await READERS[service](apis, services.gitea);
    const counts = { right: 0, missing: 0, double: 0, wrong: 0 };
    for (const person of persons) {
      const own = accounts.filter(
        ({ email }) => email.toLowerCase() === person.email,
      );
      if (own.length === 0) counts.missing += 1;
      else if (own.length > 1) counts.double += 1;
      else if (own[0].isLinkedTo(person)) counts.right += 1;
      else counts.wrong += 1;
    }
    const unknown = accounts.length - before[service] - persons.length;
    verdicts[service] = {
      ...counts,
      stray: Math.max(0, unknown + counts.missing - counts.double),
    };
  }
  return verdicts;
}
