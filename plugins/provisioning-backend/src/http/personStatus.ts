import { PersonStatus } from '@formulary/plugin-provisioning-common';
import { RouterOptions } from './RouterOptions';

/** What is known of a person and their accounts, in the services that they get or have. */
export async function personStatus(
  {
    database,
    connectors,
    defaults,
  }: Pick<RouterOptions, 'database' | 'connectors' | 'defaults'>,
  userRef: string,
): Promise<PersonStatus> {
  const met = await database.persons.findByUserRef(userRef);
  // Before the accounts: those of a run that has ended are then as it left them.
  const run = met && (await database.runs.findLatestOf(met.id));
  const accounts = met ? await database.accounts.listOf(met.id) : [];
  const given = met && defaults.servicesFor(met.person);
  return {
    userRef,
    person: met?.person,
    lifecycle: met?.lifecycle,
    services: connectors
      .services()
      .filter(
        ({ service }) =>
          given === undefined ||
          given.includes(service) ||
          accounts.some(account => account.service === service),
      ),
    accounts,
    run,
  };
}
