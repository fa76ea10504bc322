import { z } from 'zod';
import { TwentyCalls } from './TwentyCalls';
import {
  companySchema,
  NewTwentyCompany,
  TwentyCallOptions,
  TwentyCompany,
} from './types';

const FIELDS = `id name domainName { primaryLinkUrl }`;

/**
 * Companies.
 *
 * @public
 */
export class TwentyCompanies {
  constructor(private readonly calls: TwentyCalls) {}

  /** The company of a name. Names are not unique: of several, the oldest. */
  async byName(
    name: string,
    options?: TwentyCallOptions,
  ): Promise<TwentyCompany | undefined> {
    return this.first(
      { name: { eq: name } },
      `look up the company ${name}`,
      options,
    );
  }

  /** The company of a domain such as `acme.example`, however its link is written. */
  async byDomain(
    domain: string,
    options?: TwentyCallOptions,
  ): Promise<TwentyCompany | undefined> {
    // Twenty keeps the host of a link in lower case (`transform-links-value.util.ts`).
    const host = domain.toLowerCase();
    return this.first(
      {
        domainName: {
          primaryLinkUrl: { in: [host, `https://${host}`, `http://${host}`] },
        },
      },
      `look up the company with the domain ${domain}`,
      options,
    );
  }

  /** Makes a company. */
  async create(
    company: NewTwentyCompany,
    options?: TwentyCallOptions,
  ): Promise<TwentyCompany> {
    const { createCompany } = await this.calls.run({
      document: `mutation CreateCompany($data: CompanyCreateInput!) {
        createCompany(data: $data) { ${FIELDS} }
      }`,
      variables: {
        data: {
          ...company.customFields,
          name: company.name,
          ...(company.domain
            ? { domainName: { primaryLinkUrl: `https://${company.domain}` } }
            : {}),
        },
      },
      expect: z.object({ createCompany: companySchema }),
      action: `create the company ${company.name}`,
      ...options,
    });
    return createCompany;
  }

  /** Deletes a company for good. */
  async destroy(id: string, options?: TwentyCallOptions): Promise<void> {
    await this.calls.run({
      document: `mutation DestroyCompany($id: UUID!) { destroyCompany(id: $id) { id } }`,
      variables: { id },
      expect: z.unknown(),
      action: `destroy the company ${id}`,
      ...options,
    });
  }

  private async first(
    filter: object,
    action: string,
    options?: TwentyCallOptions,
  ) {
    const { companies } = await this.calls.run({
      document: `query Companies($filter: CompanyFilterInput) {
        companies(filter: $filter, first: 1, orderBy: [{ createdAt: AscNullsLast }]) {
          edges { node { ${FIELDS} } }
        }
      }`,
      variables: { filter },
      expect: z.object({
        companies: z.object({
          edges: z.array(z.object({ node: companySchema })),
        }),
      }),
      action,
      ...options,
    });
    return companies.edges[0]?.node;
  }
}
