import type { SandboxCredentials } from '../core/credentials';
import { clientsOf } from './clients';
import { groupTrees, organizations, usersOf } from './people';
import { userProfile } from './userProfile';

/** Seconds; with a new realm's 5 minutes the portal would renew before every request. */
const ACCESS_TOKEN_LIFESPAN = 15 * 60;

/**
 * The sandbox's realm as a real Keycloak imports it (RealmRepresentation, for
 * `kc.sh … --import-realm`): people, groups, organisations and clients of the
 * stand-in, with the passwords and secrets of one sandbox.
 *
 * Keycloak needs the extension p2-inc/keycloak-events, which brings the event
 * listener `ext-event-webhook`.
 */
export function realmImport(credentials: SandboxCredentials) {
  return {
    realm: credentials.services.keycloak.realm,
    enabled: true,
    sslRequired: 'none',
    registrationAllowed: true,
    loginWithEmailAllowed: true,
    duplicateEmailsAllowed: false,
    organizationsEnabled: true,
    accessTokenLifespan: ACCESS_TOKEN_LIFESPAN,
    eventsListeners: ['jboss-logging', 'ext-event-webhook'],
    roles: {
      realm: [
        { name: 'platform-admin', description: 'Runs the platform' },
        {
          name: 'organisation-admin',
          description: 'Looks after the people of one organisation',
        },
        { name: 'developer', description: 'Builds with formulas' },
      ],
    },
    groups: groupTrees(),
    organizations: organizations(),
    users: usersOf(credentials),
    clients: clientsOf(credentials),
    components: {
      'org.keycloak.userprofile.UserProfileProvider': [
        {
          providerId: 'declarative-user-profile',
          config: {
            'kc.user.profile.config': [JSON.stringify(userProfile)],
          },
        },
      ],
    },
  };
}
