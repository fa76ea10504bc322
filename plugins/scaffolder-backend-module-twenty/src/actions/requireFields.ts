import { InputError } from '@backstage/errors';
import {
  TwentyCallOptions,
  TwentyClient,
  TwentyObject,
} from '@formulary/plugin-twenty-node';

/** Fields that the inputs of the actions stand for. */
const COVERED: Record<TwentyObject, string[]> = {
  person: ['id', 'name', 'emails', 'jobTitle', 'company', 'companyId'],
  company: ['id', 'name', 'domainName'],
  opportunity: [
    'id',
    'name',
    'stage',
    'amount',
    'closeDate',
    'company',
    'companyId',
    'pointOfContact',
    'pointOfContactId',
  ],
};

/**
 * Checks names of fields against the workspace's own schema.
 *
 * @throws InputError that lists the fields which there are
 */
export async function requireFields(
  client: TwentyClient,
  object: TwentyObject,
  names: string[],
  options: TwentyCallOptions,
): Promise<void> {
  if (names.length === 0) return;
  const fields = await client.schema.fields(object, options);
  const unknown = names.find(name => !fields.includes(name));
  if (unknown !== undefined) {
    throw new InputError(
      `Twenty has no field "${unknown}" for the object ${object} in this workspace. It has ${fields
        .toSorted()
        .join(', ')}. Choose one of these, or have an admin add it`,
    );
  }
}

/**
 * Like {@link requireFields}, for fields beside those that an action has inputs for.
 *
 * @throws InputError for those, too
 */
export async function requireCustomFields(
  client: TwentyClient,
  object: TwentyObject,
  customFields: Record<string, unknown> = {},
  options: TwentyCallOptions,
): Promise<void> {
  const names = Object.keys(customFields);
  const covered = names.find(name => COVERED[object].includes(name));
  if (covered !== undefined) {
    throw new InputError(
      `The field "${covered}" of Twenty's object ${object} is none for customFields: the action has an input for it, or sets it itself`,
    );
  }
  await requireFields(client, object, names, options);
}
