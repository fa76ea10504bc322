import { z } from 'zod';
import { TwentyCalls } from './TwentyCalls';
import { TwentyCallOptions } from './types';

/** What the documents of this client read, by type of the workspace's schema. */
const NEEDED = {
  Person: ['id', 'name', 'emails', 'jobTitle', 'companyId', 'deletedAt'],
  Company: ['id', 'name', 'domainName'],
  Opportunity: [
    'id',
    'name',
    'stage',
    'amount',
    'closeDate',
    'companyId',
    'pointOfContactId',
  ],
} as const;

const typeSchema = z
  .object({ fields: z.array(z.object({ name: z.string() })) })
  .nullable();

/**
 * The fields that the workspace's schema lacks, such as `Person.emails`: an
 * older server has other names for them, and an admin can deactivate fields.
 */
export async function missingFields(
  calls: TwentyCalls,
  options?: TwentyCallOptions,
): Promise<string[]> {
  const types = await calls.run({
    document: `query NeededFields {
      ${Object.keys(NEEDED)
        .map(type => `${type}: __type(name: "${type}") { fields { name } }`)
        .join('\n')}
    }`,
    expect: z.object({
      Person: typeSchema,
      Company: typeSchema,
      Opportunity: typeSchema,
    }),
    action: 'tell the fields of its records',
    ...options,
  });
  return (Object.keys(NEEDED) as Array<keyof typeof NEEDED>).flatMap(type => {
    const present = types[type]?.fields.map(({ name }) => name) ?? [];
    return NEEDED[type]
      .filter(name => !present.includes(name))
      .map(name => `${type}.${name}`);
  });
}
