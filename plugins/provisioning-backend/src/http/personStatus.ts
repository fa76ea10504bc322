import { PersonStatus } from '@formulary/plugin-provisioning-common';
import { RouterOptions } from './RouterOptions';

/** What is known of a person and their accounts. */
export async function personStatus(
  { database, connectors }: Pick<RouterOptions, 'database' | 'connectors'>,
  userRef: string,
): Promise<PersonStatus> {
  const met = await database.persons.findByUserRef(userRef);
  return {
    userRef,
    person: met?.person,
    lifecycle: met?.lifecycle,
    services: connectors.services(),
    accounts: met ? await database.accounts.listOf(met.id) : [],
    run: met && (await database.runs.findLatestOf(met.id)),
  };
}
