import { Router } from 'express';

/**
 * Routes of a router as an OpenAPI document writes them: `get /runs/{id}`.
 *
 * @public
 */
export function routesOf(router: Router): string[] {
  return router.stack.flatMap(layer => {
    const route = layer.route as
      | { path: string; methods: Record<string, boolean> }
      | undefined;
    return Object.keys(route?.methods ?? {}).map(
      method =>
        `${method} ${route?.path.replace(/:([A-Za-z]+)/g, '{$1}') ?? ''}`,
    );
  });
}

/**
 * Routes of an OpenAPI document, in the same form.
 *
 * @public
 */
export function documentedRoutes(document: {
  paths: Record<string, Record<string, unknown>>;
}): string[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter(key => key !== 'parameters')
      .map(method => `${method} ${path}`),
  );
}
