import { z } from 'zod';
import { TwentyCalls } from './TwentyCalls';
import {
  NewTwentyOpportunity,
  opportunitySchema,
  TwentyCallOptions,
  TwentyOpportunity,
} from './types';

const FIELDS = `id name stage companyId pointOfContactId`;

/** How long the stages that the workspace told are believed, in milliseconds. */
const STAGES_FRESH_MS = 60_000;

/**
 * Opportunities.
 *
 * @public
 */
export class TwentyOpportunities {
  private known?: { stages: string[]; until: number };

  constructor(
    private readonly calls: TwentyCalls,
    private readonly now: () => number,
  ) {}

  /**
   * The stages of this workspace, in no particular order: an admin may change
   * them, so the schema is asked, at most once a minute.
   */
  async stages(options?: TwentyCallOptions): Promise<string[]> {
    if (this.known && this.known.until > this.now()) return this.known.stages;
    const { __type } = await this.calls.run({
      document: `query Stages { __type(name: "OpportunityStageEnum") { enumValues { name } } }`,
      expect: z.object({
        __type: z.object({
          enumValues: z.array(z.object({ name: z.string() })),
        }),
      }),
      action: 'tell the stages of its opportunities',
      ...options,
    });
    const stages = __type.enumValues.map(({ name }) => name);
    this.known = { stages, until: this.now() + STAGES_FRESH_MS };
    return stages;
  }

  /** The opportunity of a name, a point of contact and a company; the last two may be none. */
  async find(
    wanted: Pick<
      NewTwentyOpportunity,
      'name' | 'companyId' | 'pointOfContactId'
    >,
    options?: TwentyCallOptions,
  ): Promise<TwentyOpportunity | undefined> {
    const same = (id?: string) => (id ? { eq: id } : { is: 'NULL' });
    const { opportunities } = await this.calls.run({
      document: `query Opportunities($filter: OpportunityFilterInput) {
        opportunities(filter: $filter, first: 1, orderBy: [{ createdAt: AscNullsLast }]) {
          edges { node { ${FIELDS} } }
        }
      }`,
      variables: {
        filter: {
          name: { eq: wanted.name },
          companyId: same(wanted.companyId),
          pointOfContactId: same(wanted.pointOfContactId),
        },
      },
      expect: z.object({
        opportunities: z.object({
          edges: z.array(z.object({ node: opportunitySchema })),
        }),
      }),
      action: `look up the opportunity ${wanted.name}`,
      ...options,
    });
    return opportunities.edges[0]?.node;
  }

  /** Makes an opportunity. */
  async create(
    opportunity: NewTwentyOpportunity,
    options?: TwentyCallOptions,
  ): Promise<TwentyOpportunity> {
    const { amount, currency, customFields, ...rest } = opportunity;
    const { createOpportunity } = await this.calls.run({
      document: `mutation CreateOpportunity($data: OpportunityCreateInput!) {
        createOpportunity(data: $data) { ${FIELDS} }
      }`,
      variables: {
        data: {
          ...customFields,
          ...rest,
          ...(amount === undefined
            ? {}
            : {
                amount: {
                  amountMicros: Math.round(amount * 1_000_000),
                  currencyCode: currency,
                },
              }),
        },
      },
      expect: z.object({ createOpportunity: opportunitySchema }),
      action: `create the opportunity ${opportunity.name}`,
      ...options,
    });
    return createOpportunity;
  }

  /** Deletes an opportunity for good. */
  async destroy(id: string, options?: TwentyCallOptions): Promise<void> {
    await this.calls.run({
      document: `mutation DestroyOpportunity($id: UUID!) { destroyOpportunity(id: $id) { id } }`,
      variables: { id },
      expect: z.unknown(),
      action: `destroy the opportunity ${id}`,
      ...options,
    });
  }
}
