import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const optionsSchema = z.strictObject({
  subjectAnnotation: z.string().min(1).default('keycloak.org/id'),
  allowedOrganizations: z.array(z.string()).default([]),
  allowedEmailDomains: z
    .array(z.string().transform(domain => domain.toLowerCase()))
    .default([]),
  createUsers: z.boolean().default(true),
  waitForCatalogSeconds: z.number().min(0).max(30).default(10),
  contact: z.string().min(1).default('your platform team'),
});

/** Who may sign in, and how they are found; `config.d.ts` says what each means. */
export type SignInOptions = z.infer<typeof optionsSchema>;

const KEY = 'auth.organizationSignIn';

/**
 * Reads `auth.organizationSignIn`.
 *
 * @throws InputError that names the key which is wrong, also when nobody could sign in
 */
export function readSignInOptions(config: RootConfigService): SignInOptions {
  const result = optionsSchema.safeParse(config.getOptional(KEY) ?? {});
  if (!result.success) {
    throw new InputError(`${KEY} is wrong: ${z.prettifyError(result.error)}`);
  }
  const { allowedOrganizations, allowedEmailDomains } = result.data;
  if (allowedOrganizations.length + allowedEmailDomains.length === 0) {
    throw new InputError(
      `${KEY} admits nobody: name organisations in ${KEY}.allowedOrganizations ("*" is any) or domains in ${KEY}.allowedEmailDomains`,
    );
  }
  return result.data;
}
