import { Things } from '../things';

/** How a route is attacked, and what is allowed of it. */
export interface KnownRoute {
  /** Why signed-out callers may get something: reviewed, so be brief and exact. */
  public?: string;
  /** Path parameters whose names alone do not say what they stand for. */
  params?: (things: Things) => Record<string, string>;
  query?: (things: Things) => Record<string, string>;
  body?: (things: Things) => unknown;
  contentType?: string;
  /** Whether the answer holds examples of the docs, which speak of people of Acme. */
  examples?: boolean;
  /** Whether Acme's own developer must see Acme here: a suite that asks for nothing proves nothing. */
  shown?: boolean;
}

/** What a router's own path, or a route without anything to fill in, is asked with: nothing. */
export const reviewed: KnownRoute = {};

/** Routes of one plugin, by the names that the recorder gives them. */
export type KnownRoutes = Record<string, KnownRoute>;
