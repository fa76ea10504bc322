import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  NewTwentyPerson,
  TwentyCallOptions,
  TwentyClient,
} from '@formulary/plugin-twenty-node';
import { createPersonExamples } from './createPerson.examples';
import { findOrCreate } from './findOrCreate';

/**
 * `twenty:create-person`: makes sure that the CRM has a person with an e-mail address.
 *
 * @public
 */
export function createCreatePersonAction(client: TwentyClient) {
  return createTemplateAction({
    id: 'twenty:create-person',
    description:
      'Makes sure that Twenty has a person with an e-mail address. A person who is there already is left as they are, and one who was deleted is brought back.',
    examples: createPersonExamples,
    supportsDryRun: true,
    schema: {
      input: {
        email: z => z.string().email().describe('Known by nothing else'),
        firstName: z => z.string().max(100),
        lastName: z => z.string().max(100),
        jobTitle: z => z.string().max(200).optional(),
        companyId: z =>
          z.string().uuid().optional().describe('Record id of the company'),
        company: z =>
          z
            .string()
            .optional()
            .describe('Name of the company, where its id is not known'),
      },
      output: {
        personId: z => z.string(),
        personUrl: z => z.string(),
        created: z => z.boolean().describe('Whether the person was created'),
      },
    },
    async handler(ctx) {
      const { email } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would create the person ${email} unless there is one`);
        ctx.output('personId', 'dry-run');
        ctx.output('personUrl', client.recordUrl('person', 'dry-run'));
        ctx.output('created', false);
        return;
      }
      const { person, created, restored } = await ctx.checkpoint({
        key: `twenty.create-person.${email}`,
        fn: () => findOrCreatePerson(client, ctx.input, { signal: ctx.signal }),
      });
      if (restored) {
        ctx.logger.info(
          `The person ${email} had been deleted in Twenty and was brought back as they were`,
        );
      } else {
        ctx.logger.info(
          created
            ? `Created the person ${email}`
            : `The person ${email} was there already and was left as they are`,
        );
      }
      ctx.output('personId', person.id);
      ctx.output('personUrl', client.recordUrl('person', person.id));
      ctx.output('created', created);
    },
  });
}

/** What a person is made from. */
interface WantedPerson extends NewTwentyPerson {
  /** Name of the company, where its id is not given. */
  company?: string;
}

async function findOrCreatePerson(
  client: TwentyClient,
  { company, ...wanted }: WantedPerson,
  options: TwentyCallOptions,
) {
  const { email } = wanted;
  let restored = false;
  const { value: person, created } = await findOrCreate(
    async () => {
      const known = await client.people.byEmail(email, options);
      if (known) return known;
      // Hidden, but the address is still theirs: nobody else can have it.
      const deleted = await client.people.deletedByEmail(email, options);
      if (!deleted) return undefined;
      await client.people.restore(deleted.id, options);
      restored = true;
      return deleted;
    },
    async () => {
      const companyId =
        wanted.companyId ??
        (company ? await idOfCompany(client, company, options) : undefined);
      return client.people.create({ ...wanted, companyId }, options);
    },
  );
  return { person, created, restored };
}

async function idOfCompany(
  client: TwentyClient,
  name: string,
  options: TwentyCallOptions,
): Promise<string> {
  const found = await client.companies.byName(name, options);
  if (found) return found.id;
  throw new InputError(
    `Twenty has no company called "${name}". Create it first, with twenty:create-company for instance`,
  );
}
