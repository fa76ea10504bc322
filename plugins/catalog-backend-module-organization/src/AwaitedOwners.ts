import { AuthService } from '@backstage/backend-plugin-api';
import {
  CatalogService,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';

const AT_ONCE = 500;
const AWAIT_MS = 60_000;

/** Refresh key of the entities that wait for an owner or a group above them. */
export const awaitedKey = (ref: string) => `organization-of:${ref}`;

/**
 * Remembers owners and groups that were looked for before they came into the
 * catalog, and has the entities that need them processed again when they are
 * there; else these had to wait for their turn, minutes later.
 *
 * It is an entity provider because those alone may refresh by key; it brings nothing.
 */
export class AwaitedOwners implements EntityProvider {
  readonly #awaited = new Map<string, { until: number; seen: boolean }>();
  #connection?: EntityProviderConnection;

  constructor(
    private readonly catalog: CatalogService,
    private readonly auth: AuthService,
    private readonly now: () => number = Date.now,
  ) {}

  getProviderName(): string {
    return 'AwaitedOwners';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
  }

  /** Waits for an owner or group, for a minute. */
  add(ref: string): void {
    const seen = this.#awaited.get(ref)?.seen ?? false;
    this.#awaited.set(ref, { until: this.now() + AWAIT_MS, seen });
  }

  /** Looks who has come; to be called every second or so. */
  async check(): Promise<void> {
    for (const [ref, { until }] of this.#awaited) {
      if (until < this.now()) this.#awaited.delete(ref);
    }
    const refs = [...this.#awaited.keys()].slice(0, AT_ONCE);
    if (refs.length === 0 || !this.#connection) return;
    const { items } = await this.catalog.getEntitiesByRefs(
      { entityRefs: refs, fields: ['kind'] },
      { credentials: await this.auth.getOwnServiceCredentials() },
    );
    const there = refs.filter((_, index) => items[index] !== undefined);
    // Refreshed at the second sight: by then those who wait have stored their keys.
    const again = there.filter(ref => this.#awaited.get(ref)?.seen);
    for (const ref of there) {
      const awaited = this.#awaited.get(ref);
      if (awaited) awaited.seen = true;
    }
    if (again.length === 0) return;
    await this.#connection.refresh({ keys: again.map(awaitedKey) });
    for (const ref of again) this.#awaited.delete(ref);
  }
}
