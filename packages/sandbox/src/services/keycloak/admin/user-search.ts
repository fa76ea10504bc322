import express from 'express';
import { UserRow } from '../model/rows';
import { flag, text } from './query';

/** The fields that `search` looks into. */
const searched = ['username', 'email', 'firstName', 'lastName'] as const;

/**
 * The users that a request for `/users` or `/users/count` asks for, by username.
 *
 * As in Keycloak, `search` wins over the fields, is a prefix unless it is
 * written `*infix*` or `"exact"`, and takes several words that must all match;
 * a field is an infix unless `exact=true`.
 */
export function searchUsers(
  users: UserRow[],
  request: express.Request,
): UserRow[] {
  const search = text(request, 'search');
  const matches =
    search === undefined ? byFields(request) : bySearch(search.trim());
  return users
    .filter(matches)
    .sort((a, b) => a.username.localeCompare(b.username, 'en'));
}

function bySearch(search: string): (user: UserRow) => boolean {
  if (search.startsWith('id:')) {
    const id = search.slice('id:'.length).trim();
    return user => user.id === id;
  }
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word && word !== '*')
    .map(wordMatcher);
  return user =>
    words.every(matches =>
      searched.some(field => matches((user[field] ?? '').toLowerCase())),
    );
}

function wordMatcher(word: string): (value: string) => boolean {
  const exact = /^"(.*)"$/.exec(word)?.[1];
  if (exact !== undefined) return value => value === exact;
  const plain = word.replace(/^\*|\*$/g, '');
  return word.startsWith('*')
    ? value => value.includes(plain)
    : value => value.startsWith(plain);
}

function byFields(request: express.Request): (user: UserRow) => boolean {
  const exact = flag(request, 'exact') ?? false;
  const conditions: Array<(user: UserRow) => boolean> = [];
  for (const field of searched) {
    const wanted = text(request, field)?.trim().toLowerCase();
    if (!wanted) continue;
    conditions.push(user => {
      const value = (user[field] ?? '').toLowerCase();
      return exact ? value === wanted : value.includes(wanted);
    });
  }
  for (const field of ['enabled', 'emailVerified'] as const) {
    const wanted = flag(request, field);
    if (wanted !== undefined) conditions.push(user => user[field] === wanted);
  }
  for (const [name, wanted] of attributeQuery(text(request, 'q') ?? '')) {
    conditions.push(user => user.attributes[name]?.includes(wanted) ?? false);
  }
  return user => conditions.every(condition => condition(user));
}

/** `q=name:value other:"two words"`. */
function attributeQuery(query: string): Array<[string, string]> {
  const pairs = query.matchAll(/([^\s:]+):(?:"([^"]*)"|(\S*))/g);
  return [...pairs].map(([, name, quoted, plain]) => [name, quoted ?? plain]);
}
