import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { BULK_MAX_LINES } from '@formulary/plugin-provisioning-common';
import { CatalogPersons } from '../identity/CatalogPersons';
import { BulkFileLine } from './readBulkFile';

/**
 * Reads the members of a group of the catalog and of the groups right below it,
 * as if they were the lines of a file, by name and numbered from 1; and the
 * group's full ref.
 *
 * @throws NotFoundError when the catalog has no such group
 * @throws InputError when it has nobody in it, or too many
 */
export async function readBulkGroup(
  catalog: Pick<CatalogPersons, 'membersOfGroup'>,
  group: string,
): Promise<{ lines: BulkFileLine[]; group: string }> {
  const ref = refOf(group);
  const members = await catalog.membersOfGroup(ref);
  if (!members) {
    throw new NotFoundError(
      `The catalog has no group ${group}. A new group takes up to a few minutes to arrive from the identity provider`,
    );
  }
  if (members.length === 0) {
    throw new InputError(
      `The group ${group} has nobody in it, nor have the groups right below it`,
    );
  }
  if (members.length > BULK_MAX_LINES) {
    throw new InputError(
      `The group ${group} has ${members.length} people; ${BULK_MAX_LINES} is the most. Choose the groups below it one by one`,
    );
  }
  return {
    group: ref,
    lines: members.map((user, index) => ({
      line: index + 1,
      user,
      email: '',
      services: [],
    })),
  };
}

function refOf(group: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(group, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
  } catch (error) {
    // What parseEntityRef throws is all about the words that it was given.
    if (!(error instanceof TypeError)) throw error;
    throw new InputError(
      `"${group}" is not the ref of a group, such as group:default/acme`,
    );
  }
}
