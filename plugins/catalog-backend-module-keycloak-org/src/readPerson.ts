import { UserEntity } from '@backstage/catalog-model';
import { GroupIndex } from './GroupIndex';
import { IncompleteReadingError } from './IncompleteReadingError';
import { KeycloakRealm } from './KeycloakRealm';
import { Origin } from './Origin';
import { belongingsOf, ReadingOptions } from './readStructure';
import { isServiceAccount } from './representations';
import { userEntity } from './userEntity';

/**
 * Reads one person with all that they belong to; undefined when there is no such person.
 *
 * @throws IncompleteReadingError when they belong to a group that is not known
 */
export async function readPerson(
  id: string,
  name: string,
  index: GroupIndex,
  options: { realm: KeycloakRealm; origin: Origin; reading: ReadingOptions },
): Promise<UserEntity | undefined> {
  const { realm, origin, reading } = options;
  const user = await realm.user(id);
  if (!user || isServiceAccount(user)) return undefined;
  const belongings = await belongingsOf(realm, id, reading);
  for (const group of [...belongings.groups, ...belongings.organizations]) {
    if (!index.has(group)) {
      throw new IncompleteReadingError(
        realm.name,
        `${user.username} belongs to the group or organisation ${group}, which is not in its lists`,
      );
    }
  }
  return userEntity(user, name, belongings, index, origin);
}
