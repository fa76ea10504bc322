import { z } from 'zod';
import { TwentyCalls } from './TwentyCalls';
import { TwentyObject } from './TwentyRecords';
import { TwentyCallOptions } from './types';

/** How long the fields that the workspace told are believed, in milliseconds. */
const FRESH_MS = 60_000;

const INPUTS = {
  person: 'PersonCreateInput',
  company: 'CompanyCreateInput',
  opportunity: 'OpportunityCreateInput',
} as const;

/**
 * What this workspace's records are made of: an admin may add fields, so the
 * schema is asked.
 *
 * @public
 */
export class TwentySchema {
  private readonly known = new Map<
    TwentyObject,
    { fields: string[]; until: number }
  >();

  constructor(
    private readonly calls: TwentyCalls,
    private readonly now: () => number,
  ) {}

  /** Fields that a new record may have, as the API calls them; asked at most once a minute. */
  async fields(
    object: TwentyObject,
    options?: TwentyCallOptions,
  ): Promise<string[]> {
    const known = this.known.get(object);
    if (known && known.until > this.now()) return known.fields;
    const { __type } = await this.calls.run({
      document: `query Fields { __type(name: "${INPUTS[object]}") { inputFields { name } } }`,
      expect: z.object({
        __type: z.object({
          inputFields: z.array(z.object({ name: z.string() })),
        }),
      }),
      action: `tell the fields of the object ${object}`,
      ...options,
    });
    const fields = __type.inputFields.map(({ name }) => name);
    this.known.set(object, { fields, until: this.now() + FRESH_MS });
    return fields;
  }
}
