import { Entity } from '@backstage/catalog-model';
import {
  KEYCLOAK_ID_ANNOTATION,
  KEYCLOAK_ORGANIZATION_ANNOTATION,
  KEYCLOAK_ROLES_ANNOTATION,
} from './annotations';
import { GroupIndex } from './GroupIndex';
import { inParallel } from './inParallel';
import { KeycloakRealm } from './KeycloakRealm';
import { Origin } from './Origin';
import { OrgStore, SyncRun } from './OrgStore';
import { readPerson } from './readPerson';
import { ReadingOptions } from './readStructure';

const PAGE = 200;

/**
 * Reads again, one by one, the people who would lose a group, an organisation or
 * a role: Keycloak cannot count the members of a group, so that nothing else
 * tells a cut list from a short one.
 *
 * @throws IncompleteReadingError when one belongs to a group that the lists lacked
 */
export async function confirmLosses(
  run: SyncRun,
  index: GroupIndex,
  options: {
    realm: KeycloakRealm;
    origin: Origin;
    store: OrgStore;
    reading: ReadingOptions;
  },
): Promise<void> {
  const { store, reading } = options;
  for await (const page of store.changedUsers(run, PAGE)) {
    const losers = page.filter(({ applied, staged }) =>
      loses(applied, staged, index),
    );
    await inParallel(losers, reading.concurrency, async ({ staged }) => {
      const id = staged.metadata.annotations![KEYCLOAK_ID_ANNOTATION];
      const person = await readPerson(id, staged.metadata.name, index, options);
      // Somebody who left meanwhile is found missing by the next sync.
      if (person) await store.stage(run, [person]);
    });
  }
}

/** A group that is gone or has another name is nobody's loss. */
function loses(applied: Entity, staged: Entity, index: GroupIndex): boolean {
  const lost = (read: (entity: Entity) => string[]) => {
    const now = read(staged);
    return read(applied).filter(name => !now.includes(name));
  };
  return (
    lost(memberOf).some(name => index.isName(name)) ||
    lost(organizations).some(alias => index.isAlias(alias)) ||
    lost(roles).length > 0
  );
}

function memberOf({ spec }: Entity): string[] {
  const names = spec?.memberOf;
  return Array.isArray(names) ? names.map(String) : [];
}

function organizations({ metadata }: Entity): string[] {
  const aliases = metadata.annotations?.[KEYCLOAK_ORGANIZATION_ANNOTATION];
  return aliases?.split(',') ?? [];
}

function roles({ metadata }: Entity): string[] {
  return metadata.annotations?.[KEYCLOAK_ROLES_ANNOTATION]?.split(',') ?? [];
}
