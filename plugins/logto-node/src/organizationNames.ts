import {
  entityName,
  markedName,
  sameName,
} from '@formulary/plugin-organization-sync-node';
import { LogtoOrganization } from './representations';

/**
 * Names of organisations in the portal, by id. Logto lets organisations share a
 * name: the oldest has it, and the others get the mark of their ids, so that
 * nobody becomes a member of another organisation by what theirs is called.
 *
 * @param organizations - all of them
 *
 * @public
 */
export function organizationNames(
  organizations: LogtoOrganization[],
): Map<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  const byAge = [...organizations].sort(
    (a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
  );
  for (const { id, name } of byAge) {
    const plain = entityName(name, id);
    const own = taken.has(sameName(plain)) ? markedName(plain, id) : plain;
    taken.add(sameName(own));
    names.set(id, own);
  }
  return names;
}
