/** Somebody who is there when a new sandbox starts. */
export interface SandboxPerson {
  username: string;
  firstName: string;
  lastName: string;
  email: string;
  organisation: string;
  /** Realm role in Keycloak. */
  role: 'platform-admin' | 'organisation-admin' | 'developer';
  /** Paths of Keycloak groups. */
  groups: string[];
}

/** An organisation that is there when a new sandbox starts. */
export interface SandboxOrganisation {
  alias: string;
  name: string;
  /** E-mail domain whose owners may sign up. */
  domain: string;
}

/** The organisations of a new sandbox; `formulary` is the platform team's own. */
export const organisations: SandboxOrganisation[] = [
  {
    alias: 'formulary',
    name: 'Formulary Platform',
    domain: 'formulary.example',
  },
  { alias: 'acme', name: 'Acme', domain: 'acme.example' },
  { alias: 'globex', name: 'Globex', domain: 'globex.example' },
];

function person(
  username: string,
  lastName: string,
  organisation: string,
  role: SandboxPerson['role'],
  team: string,
): SandboxPerson {
  return {
    username,
    firstName: username[0].toUpperCase() + username.slice(1),
    lastName,
    email: `${username}@${organisation}.example`,
    organisation,
    role,
    groups: [`/${organisation}`, `/${organisation}/${team}`],
  };
}

/** The people of a new sandbox. */
export const people: SandboxPerson[] = [
  person('priya', 'Raman', 'formulary', 'platform-admin', 'formulary-platform'),
  person('alice', 'Moreau', 'acme', 'organisation-admin', 'acme-leads'),
  person('bob', 'Tanaka', 'acme', 'developer', 'acme-developers'),
  person('carol', 'Okafor', 'acme', 'developer', 'acme-developers'),
  person('gina', 'Rossi', 'globex', 'organisation-admin', 'globex-leads'),
  person('hugo', 'Lindqvist', 'globex', 'developer', 'globex-developers'),
  person('ivy', 'Chen', 'globex', 'developer', 'globex-developers'),
];
