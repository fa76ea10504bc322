import express from 'express';
import { notFound } from './errors';

/** A query parameter as text, when it was given once. */
export function text(
  request: express.Request,
  name: string,
): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' ? value : undefined;
}

/** A query parameter that is a truth value. */
export function flag(
  request: express.Request,
  name: string,
): boolean | undefined {
  const value = text(request, name);
  return value === undefined ? undefined : value === 'true';
}

/**
 * One page of a list, by `first` and `max`.
 *
 * @param defaultMax - entries when `max` is absent; a negative one is "all", as in Keycloak
 * @throws AdminError 404 for a number that is none, which is what JAX-RS answers
 */
export function page<T>(
  request: express.Request,
  rows: T[],
  defaultMax: number,
): T[] {
  const first = Math.max(0, whole(request, 'first', 0));
  const max = whole(request, 'max', defaultMax);
  return rows.slice(first, max < 0 ? undefined : first + max);
}

function whole(request: express.Request, name: string, fallback: number) {
  const value = text(request, name);
  if (value === undefined || value === '') return fallback;
  if (!/^-?\d+$/.test(value)) throw notFound();
  return Number(value);
}
