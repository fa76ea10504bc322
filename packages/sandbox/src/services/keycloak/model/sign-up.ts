import { UniqueViolation } from '../../../core/store';
import { hashPassword } from './passwords';
import { Realm } from './realm';
import { UserRow } from './rows';
import { DEFAULT_ROLE } from './users';

/** What the sign-up form sends. */
export const SIGN_UP_FIELDS = [
  'firstName',
  'lastName',
  'email',
  'username',
  'password',
  'password-confirm',
] as const;

/** One field of the sign-up form. */
export type SignUpField = (typeof SIGN_UP_FIELDS)[number];

/** What somebody typed. */
export type SignUpForm = Record<SignUpField, string>;

/** What is wrong, by field. */
export type SignUpErrors = Partial<Record<SignUpField, string>>;

// Messages as in Keycloak's messages_en.properties; rules as in its default
// user profile (username 3 to 255 characters, e-mail up to 255, names up to 255).
const NAME = /^[^<>&"$%!#?;*~/\\|^=[\]{}()\p{Cc}]+$/u;
const USERNAME = /^[^\s/\\<>&"'^*;:?#$%!(){}[\]|~=§\p{Cc}]+$/u;
const EMAIL = /^[^\s@<>()[\],;:\\"]{1,64}@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;

const MIN_PASSWORD = 8;
const MAX_PASSWORD = 256;

/** What is wrong with a sign-up form; empty when nothing is. */
export function checkSignUp(realm: Realm, form: SignUpForm): SignUpErrors {
  const errors: SignUpErrors = {};
  const note = (field: SignUpField, message: string | false) => {
    if (message && !errors[field]) errors[field] = message;
  };
  const { username, email, password } = form;

  note('firstName', !form.firstName && 'Please specify this field.');
  note('lastName', !form.lastName && 'Please specify this field.');
  for (const field of ['firstName', 'lastName'] as const) {
    note(field, form[field].length > 255 && 'Maximal length is 255.');
    note(field, !NAME.test(form[field]) && 'Value contains invalid character.');
  }
  note('email', !email && 'Please specify email.');
  note('email', email.length > 255 && 'Maximal length is 255.');
  note('email', !EMAIL.test(email) && 'Invalid email address.');
  note(
    'email',
    realm.users.byEmail(email) !== undefined && 'Email already exists.',
  );
  note('username', !username && 'Please specify username.');
  note(
    'username',
    (username.length < 3 || username.length > 255) &&
      'Length must be between 3 and 255.',
  );
  note(
    'username',
    !USERNAME.test(username) && 'Value contains invalid character.',
  );
  note(
    'username',
    realm.users.byUsername(username) !== undefined &&
      'Username already exists.',
  );
  note('password', !password && 'Please specify password.');
  note(
    'password',
    password.length < MIN_PASSWORD &&
      `Invalid password: minimum length ${MIN_PASSWORD}.`,
  );
  note(
    'password',
    password.length > MAX_PASSWORD &&
      `Invalid password: maximum length ${MAX_PASSWORD}.`,
  );
  note(
    'password-confirm',
    form['password-confirm'] !== password &&
      "Password confirmation doesn't match.",
  );
  return errors;
}

/**
 * Makes the user of a valid form.
 *
 * The owner of an address in an organisation's domain joins the organisation as
 * a developer; the sandbox takes such an address as verified, as there is no
 * mail. Anybody else gets neither organisation nor groups.
 *
 * @returns the user, or what somebody else took in the meantime
 */
export async function signUp(
  realm: Realm,
  form: SignUpForm,
): Promise<{ user: UserRow } | { errors: SignUpErrors }> {
  const passwordHash = await hashPassword(form.password);
  const organization = realm.organizations.byEmail(form.email);
  const alias = organization?.alias;
  try {
    const user = realm.users.create({
      username: form.username,
      email: form.email,
      emailVerified: organization !== undefined,
      firstName: form.firstName,
      lastName: form.lastName,
      realmRoles: organization ? [DEFAULT_ROLE, 'developer'] : [DEFAULT_ROLE],
      groups: alias
        ? [`/${alias}`, `/${alias}/${alias}-developers`].map(
            path => realm.groups.ensure(path).id,
          )
        : [],
      organizations: organization ? [organization.id] : [],
      passwordHash,
    });
    return { user };
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    return {
      errors:
        error.index === 'email'
          ? { email: 'Email already exists.' }
          : { username: 'Username already exists.' },
    };
  }
}
