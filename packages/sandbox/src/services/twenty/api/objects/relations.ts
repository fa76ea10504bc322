import { Collection } from '../../../../core/store';
import { CompanyRow, RecordRow, Twenty } from '../../model';
import { badInput } from '../errors';
import { withTidyUrl } from '../normalise';
import { Data } from './RecordApi';

/** A company named by a unique field instead of by its id. */
interface Connect {
  connect?: { where: Partial<CompanyRow> } | null;
  disconnect?: boolean | null;
}

/**
 * The company that an input means: `companyId`, or `connect` on a unique field,
 * never both (`compute-relation-connect-query-configs.util.ts`).
 */
export function companyOf(
  twenty: Twenty,
  object: string,
  data: Data,
  before: string | null = null,
): string | null {
  const companyId = relatedId(
    twenty.companies,
    object,
    data.companyId as string | null | undefined,
    before,
  );
  const { connect, disconnect } = (data.company ?? {}) as Connect;
  if (connect && data.companyId !== undefined) {
    throw badInput('company and companyId cannot be both provided.');
  }
  if (disconnect) return null;
  if (!connect) return companyId;

  const { id, domainName, ...others } = connect.where;
  const url = withTidyUrl(domainName)?.primaryLinkUrl;
  if (!id && !url) {
    throw badInput(
      "Missing required fields: at least one unique constraint have to be fully populated for 'company'.",
    );
  }
  const [other] = Object.keys(others);
  if (other) {
    throw badInput(
      `Field ${other} is not a unique constraint field for 'company'.`,
    );
  }
  const found = id
    ? twenty.companies.get(id)
    : twenty.companies.find('domainNamePrimaryLinkUrl', url!.toLowerCase());
  if (!found || found.deletedAt) {
    const condition = id ? `id = ${id}` : `domainNamePrimaryLinkUrl = ${url}`;
    throw badInput(
      `Expected 1 record to connect to company, but found 0 for ${condition}`,
    );
  }
  return found.id;
}

/** Id of a related record, which must be there, if only soft-deleted. */
export function relatedId<T extends RecordRow>(
  rows: Collection<T>,
  object: string,
  id: string | null | undefined,
  before: string | null = null,
): string | null {
  if (id && !rows.get(id)) {
    // The database's own words (`compute-twenty-orm-exception.ts`).
    throw badInput(
      `insert or update on table "${object}" violates foreign key constraint`,
    );
  }
  return id === undefined ? before : id;
}
