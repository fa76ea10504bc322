import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { UniqueViolation } from '../../../core/store';
import { hashPassword } from '../model/passwords';
import { UserRow } from '../model/rows';
import { MATTERMOST_ID } from '../model/users';
import { AdminContext, created, record } from './admin-context';
import { badRequest, conflict, found } from './errors';
import { flag, page } from './query';
import { userRepresentation } from './representations';
import { searchUsers } from './user-search';

const DEFAULT_MAX = 100;
const name = z.string().max(255).nullish();
const attributes = z
  .record(z.string(), z.union([z.string(), z.array(z.string())]))
  .nullish();

const credentialSchema = z.object({
  type: z.literal('password').default('password'),
  value: z.string().min(1).max(256),
  temporary: z.boolean().nullish(),
});

const userSchema = z.object({
  username: name,
  email: name,
  emailVerified: z.boolean().nullish(),
  firstName: name,
  lastName: name,
  enabled: z.boolean().nullish(),
  attributes,
  requiredActions: z.array(z.string()).nullish(),
  groups: z.array(z.string()).nullish(),
  credentials: z.array(credentialSchema).nullish(),
});

type UserInput = z.infer<typeof userSchema>;

/** `/users`: list, count, create, read, change, delete, password, sessions. */
export function createUsersRouter(context: AdminContext): express.Router {
  const { realm, artifacts } = context;
  const router = Router();
  const user = (request: express.Request) =>
    found(realm.users.get(request.params.id), 'User not found');

  router.get('/', (request, response) => {
    const brief = flag(request, 'briefRepresentation');
    response.json(
      page(request, searchUsers(realm.users.all(), request), DEFAULT_MAX).map(
        row => userRepresentation(row, brief),
      ),
    );
  });

  router.get('/count', (request, response) => {
    response.json(searchUsers(realm.users.all(), request).length);
  });

  router.post('/', async (request, response) => {
    const input = parse(request.body);
    const username = input.username?.trim();
    if (!username) throw badRequest('User name is missing');
    const password = input.credentials?.[0]?.value;
    const passwordHash = password && (await hashPassword(password));
    const groups = (input.groups ?? []).map(
      path => found(realm.groups.byPath(path), `Group ${path} not found`).id,
    );
    const row = unique(() =>
      realm.users.create({
        username,
        ...changes(input),
        groups,
        // Keycloak's default for a representation that does not say.
        enabled: input.enabled ?? false,
        passwordHash: passwordHash || undefined,
      }),
    );
    record(context, response, {
      resourceType: 'USER',
      operationType: 'CREATE',
      resourcePath: `users/${row.id}`,
      representation: withoutCredentials(request.body),
      details: { userId: row.id, username: row.username },
    });
    created(request, response, row.id);
  });

  router.get('/:id', (request, response) => {
    response.json(userRepresentation(user(request)));
  });

  router.put('/:id', (request, response) => {
    const before = user(request);
    const input = parse(request.body);
    const row = unique(() =>
      realm.users.save({
        ...before,
        ...changes(input),
        username: input.username?.trim() || before.username,
        attributes: {
          ...(input.attributes ? lists(input.attributes) : before.attributes),
          [MATTERMOST_ID]: before.attributes[MATTERMOST_ID],
        },
      }),
    );
    if (!row.enabled) artifacts.removeOfUser(row.id);
    record(context, response, {
      resourceType: 'USER',
      operationType: 'UPDATE',
      resourcePath: `users/${row.id}`,
      representation: withoutCredentials(request.body),
      details: { userId: row.id, username: row.username },
    });
    response.status(204).end();
  });

  router.delete('/:id', (request, response) => {
    const row = user(request);
    realm.users.delete(row.id);
    artifacts.removeOfUser(row.id);
    record(context, response, {
      resourceType: 'USER',
      operationType: 'DELETE',
      resourcePath: `users/${row.id}`,
      // Nobody knows their name any more.
      details: { userId: row.id },
    });
    response.status(204).end();
  });

  router.put('/:id/reset-password', async (request, response) => {
    const { id } = user(request);
    const credential = credentialSchema.safeParse(request.body);
    if (!credential.success) throw badRequest('Empty password not allowed');
    const passwordHash = await hashPassword(credential.data.value);
    realm.users.save({ ...user(request), passwordHash });
    record(context, response, {
      resourceType: 'USER',
      operationType: 'ACTION',
      resourcePath: `users/${id}/reset-password`,
    });
    response.status(204).end();
  });

  router.post('/:id/logout', (request, response) => {
    const row = user(request);
    artifacts.removeOfUser(row.id);
    record(context, response, {
      resourceType: 'USER',
      operationType: 'ACTION',
      resourcePath: `users/${row.id}/logout`,
    });
    response.status(204).end();
  });

  return router;
}

function parse(body: unknown): UserInput {
  const input = userSchema.safeParse(body);
  if (!input.success) {
    throw badRequest(`Could not create user: ${z.prettifyError(input.error)}`);
  }
  return input.data;
}

/** What an event shows of a request: what was sent, but for passwords. */
function withoutCredentials(body: Record<string, unknown>) {
  const { credentials: _, ...shown } = body;
  return shown;
}

/** What a representation changes; what it does not name stays. */
function changes(input: UserInput): Partial<UserRow> {
  const changed: Partial<UserRow> = {};
  if (input.email !== undefined) changed.email = input.email ?? undefined;
  if (input.firstName !== undefined) {
    changed.firstName = input.firstName ?? undefined;
  }
  if (input.lastName !== undefined) {
    changed.lastName = input.lastName ?? undefined;
  }
  if (typeof input.emailVerified === 'boolean') {
    changed.emailVerified = input.emailVerified;
  }
  if (typeof input.enabled === 'boolean') changed.enabled = input.enabled;
  if (input.attributes) changed.attributes = lists(input.attributes);
  if (input.requiredActions) changed.requiredActions = input.requiredActions;
  return changed;
}

function lists(values: NonNullable<UserInput['attributes']>) {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, [value].flat()]),
  );
}

/** Runs a write with the answers of UsersResource.java to what is taken. */
function unique<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    throw conflict(`User exists with same ${error.index}`);
  }
}
