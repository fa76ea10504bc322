import { TwentyClient } from '../index';

/** Makes or updates contacts, 60 a call, known by their e-mail address; answers the ids of the records. */
export async function importContacts(
  twenty: TwentyClient,
  contacts: Array<{ email: string; firstName: string; lastName: string }>,
): Promise<string[]> {
  return twenty.records.upsert(
    'person',
    contacts.map(({ email, ...name }) => ({
      emails: { primaryEmail: email },
      name,
    })),
  );
}
