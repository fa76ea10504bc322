import { Person } from '@formulary/plugin-provisioning-common';

/** A person as the identity provider or the catalog knows them. */
export interface ResolvedPerson {
  person: Person;
  /** Whether the identity provider lets the person sign in. */
  enabled: boolean;
  /** Why no accounts may be made for the person, and what to do; for people. */
  refusal?: string;
}

/** The reason why a person gets no accounts, if there is one. */
export function refusalOf(
  person: Pick<Person, 'username' | 'organisation' | 'email'>,
  enabled: boolean,
): string | undefined {
  if (!enabled) {
    return `${person.username} is disabled at the identity provider. Ask an administrator to enable the account, then try again`;
  }
  if (!person.organisation) {
    return `${person.username} does not belong to an organisation. Ask an administrator to add you to one, then try again`;
  }
  if (!person.email) {
    return `${person.username} has no e-mail address at the identity provider. Add one there, then try again`;
  }
  return undefined;
}
