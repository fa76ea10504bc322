import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { UniqueViolation } from '../../../core/store';
import { GroupRow } from '../model/rows';
import { AdminContext, created, record } from './admin-context';
import { badRequest, conflict, found } from './errors';
import { flag, page, text } from './query';
import { groupRepresentation, userRepresentation } from './representations';

const DEFAULT_MEMBERS = 100;
const DEFAULT_CHILDREN = 10;

const groupSchema = z.object({
  name: z.string().trim().min(1).max(255),
  attributes: z.record(z.string(), z.array(z.string())).nullish(),
});

/** `/groups`: the forest, its members, and changes of it. */
export function createGroupsRouter(context: AdminContext): express.Router {
  const { realm } = context;
  const { groups, users } = realm;
  const router = Router();
  const group = (request: express.Request) =>
    found(groups.get(request.params.id), 'Could not find group by id');

  const parse = (body: unknown) => {
    const input = groupSchema.safeParse(body);
    if (!input.success) throw badRequest('Group name is missing');
    return { ...input.data, attributes: input.data.attributes ?? undefined };
  };

  const recordGroup = (
    response: express.Response,
    operationType: 'CREATE' | 'UPDATE' | 'DELETE',
    row: GroupRow,
  ) =>
    record(context, response, {
      resourceType: 'GROUP',
      operationType,
      resourcePath: `groups/${row.id}`,
      representation: { id: row.id, name: row.name },
    });

  const leadsToMatch = (row: GroupRow, matches: Matcher): boolean =>
    groups.subtree(row).some(({ name }) => matches(name));

  /** A group with those below it that lead to a match, as a search shows them. */
  const searchResult = (
    row: GroupRow,
    matches: Matcher,
    brief: boolean,
  ): Tree => ({
    ...groupRepresentation(realm, row, brief),
    subGroups: groups
      .children(row.id)
      .filter(child => leadsToMatch(child, matches))
      .map(child => searchResult(child, matches, brief)),
  });

  router.get('/', (request, response) => {
    const brief = flag(request, 'briefRepresentation') ?? true;
    const matches = matcher(request);
    const top = matches
      ? groups.children().filter(row => leadsToMatch(row, matches))
      : groups.children();
    response.json(
      page(request, top, -1).map(row =>
        matches
          ? searchResult(row, matches, brief)
          : groupRepresentation(realm, row, brief),
      ),
    );
  });

  router.get('/count', (request, response) => {
    const rows = flag(request, 'top') ? groups.children() : groups.all();
    const matches = matcher(request) ?? (() => true);
    response.json({ count: rows.filter(({ name }) => matches(name)).length });
  });

  router.post('/', (request, response) => {
    const { name, attributes } = parse(request.body);
    const row = unique(`Top level group named '${name}' already exists.`, () =>
      groups.create(name, undefined, attributes),
    );
    recordGroup(response, 'CREATE', row);
    created(request, response, row.id);
  });

  router.get('/:id', (request, response) => {
    response.json(groupRepresentation(realm, group(request)));
  });

  router.put('/:id', (request, response) => {
    const before = group(request);
    const { name, attributes = before.attributes } = parse(request.body);
    const row = unique(`Sibling group named '${name}' already exists.`, () =>
      groups.save({ ...before, name, attributes }),
    );
    recordGroup(response, 'UPDATE', row);
    response.status(204).end();
  });

  router.delete('/:id', (request, response) => {
    const row = group(request);
    realm.deleteGroup(row);
    recordGroup(response, 'DELETE', row);
    response.status(204).end();
  });

  router.get('/:id/children', (request, response) => {
    const brief = flag(request, 'briefRepresentation') ?? false;
    const matches = matcher(request) ?? (() => true);
    const children = groups
      .children(group(request).id)
      .filter(({ name }) => matches(name));
    response.json(
      page(request, children, DEFAULT_CHILDREN).map(row =>
        groupRepresentation(realm, row, brief),
      ),
    );
  });

  router.post('/:id/children', (request, response) => {
    const parent = group(request);
    const { name, attributes } = parse(request.body);
    const row = unique(`Sibling group named '${name}' already exists.`, () =>
      groups.create(name, parent.id, attributes),
    );
    recordGroup(response, 'CREATE', row);
    response
      .status(201)
      .location(
        `${request.protocol}://${request.get('Host')}${request.baseUrl}/${
          row.id
        }`,
      )
      .json(groupRepresentation(realm, row));
  });

  router.get('/:id/members', (request, response) => {
    const brief = flag(request, 'briefRepresentation');
    const members = users
      .inGroup(group(request).id)
      .sort((a, b) => a.username.localeCompare(b.username, 'en'));
    response.json(
      page(request, members, DEFAULT_MEMBERS).map(row =>
        userRepresentation(row, brief),
      ),
    );
  });

  return router;
}

type Matcher = (name: string) => boolean;
type Tree = ReturnType<typeof groupRepresentation>;

/** `search`, exact or anywhere in the name; `undefined` when nothing is searched for. */
function matcher(request: express.Request): Matcher | undefined {
  const search = text(request, 'search')?.trim().toLowerCase();
  if (!search) return undefined;
  return flag(request, 'exact')
    ? name => name.toLowerCase() === search
    : name => name.toLowerCase().includes(search);
}

function unique<T>(message: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    throw conflict(message);
  }
}
