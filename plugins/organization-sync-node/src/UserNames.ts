import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { entityName, markedName, sameName } from './names';
import { NamedUser } from './OrganizationSource';
import { SyncStore } from './SyncStore';

/**
 * Names of people. Different usernames may come to the same name of an entity;
 * whoever has it keeps it, and the others get the mark of their ids, so that
 * nobody takes another's place by the choice of a username.
 */
export class UserNames {
  constructor(
    private readonly source: {
      findUser(id: string): Promise<NamedUser | undefined>;
    },
    private readonly store: SyncStore,
  ) {}

  /** The name for each of some people, by id. */
  async of(users: NamedUser[]): Promise<Map<string, string>> {
    const holders = await this.store.holders(
      users.map(user => refOf(entityName(user.username, user.id))),
    );
    const names = new Map<string, string>();
    const given = new Map<string, string>();
    for (const user of users) {
      const plain = entityName(user.username, user.id);
      const key = sameName(plain);
      const holder = given.get(key) ?? holders.get(refOf(plain));
      const isFree =
        !holder || holder === user.id || !(await this.stillHas(holder, plain));
      if (isFree) given.set(key, user.id);
      names.set(user.id, isFree ? plain : markedName(plain, user.id));
    }
    return names;
  }

  private async stillHas(id: string, name: string): Promise<boolean> {
    const user = await this.source.findUser(id);
    return (
      user !== undefined &&
      sameName(entityName(user.username, id)) === sameName(name)
    );
  }
}

function refOf(name: string): string {
  return stringifyEntityRef({
    kind: 'User',
    namespace: DEFAULT_NAMESPACE,
    name,
  });
}
