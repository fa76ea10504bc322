import { AuthService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EntityDirectory } from './OrganizationFinder';

const KEEP_MS = 30_000;
const MOST_KEPT = 5_000;

/** Looks entities up in the catalog itself, and remembers them for half a minute. */
export class CatalogDirectory implements EntityDirectory {
  readonly #kept = new Map<
    string,
    { until: number; entity: Promise<Entity | undefined> }
  >();

  constructor(
    private readonly catalog: CatalogService,
    private readonly auth: AuthService,
    private readonly now: () => number = Date.now,
  ) {}

  find(ref: string): Promise<Entity | undefined> {
    const kept = this.#kept.get(ref);
    if (kept && kept.until > this.now()) return kept.entity;
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    const entity = this.#read(ref);
    this.#kept.set(ref, { until: this.now() + KEEP_MS, entity });
    // What failed, and who is not there yet, is asked for again at once.
    const forget = () => {
      if (this.#kept.get(ref)?.entity === entity) this.#kept.delete(ref);
    };
    entity.then(found => found ?? forget(), forget);
    return entity;
  }

  async #read(ref: string): Promise<Entity | undefined> {
    return this.catalog.getEntityByRef(ref, {
      credentials: await this.auth.getOwnServiceCredentials(),
    });
  }
}
