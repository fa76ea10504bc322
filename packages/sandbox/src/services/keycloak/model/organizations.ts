import { randomUUID } from 'node:crypto';
import { Collection, Store } from '../../../core/store';
import { OrganizationRow } from './rows';

/** The organisations of the realm. */
export class Organizations {
  private readonly rows: Collection<OrganizationRow>;

  constructor(store: Store) {
    this.rows = store.collection<OrganizationRow>('organizations', {
      name: organization => organization.name.toLowerCase(),
      alias: organization => organization.alias,
    });
  }

  get(id: string): OrganizationRow | undefined {
    return this.rows.get(id);
  }

  all(): OrganizationRow[] {
    return this.rows.all().sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  byAlias(alias: string): OrganizationRow | undefined {
    return this.rows.find('alias', alias);
  }

  /** The enabled organisation that the domain of an e-mail address belongs to. */
  byEmail(email: string): OrganizationRow | undefined {
    const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
    return this.rows
      .all()
      .find(
        ({ enabled, domains }) =>
          enabled && domains.some(({ name }) => name.toLowerCase() === domain),
      );
  }

  /** @throws UniqueViolation naming `name` or `alias` */
  create(organization: Omit<OrganizationRow, 'id'>): OrganizationRow {
    return this.save({ ...organization, id: randomUUID() });
  }

  /** @throws UniqueViolation naming `name` or `alias` */
  save(organization: OrganizationRow): OrganizationRow {
    return this.rows.put(organization);
  }

  delete(id: string): void {
    this.rows.delete(id);
  }
}
