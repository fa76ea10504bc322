import express from 'express';

/**
 * Loaded before the backend (`node --require`): tells its parent, when asked
 * over IPC, every route that its plugins have mounted. The parent asks when the
 * backend is ready; a plugin that mounts routes later would be missed.
 */

/** What Express 4 keeps of a route and of what is mounted (lib/router/layer.js, route.js). */
interface Route {
  path: string | RegExp | Array<string | RegExp>;
  methods: Record<string, boolean>;
}
interface Layer {
  route?: Route;
  handle: unknown;
  regexp: RegExp & { fast_slash?: boolean };
  keys: Array<{ name: string | number }>;
}
const applications: unknown[] = [];
const routes = new Set<Route>();

const { init } = express.application as unknown as { init(): void };
Object.assign(express.application, {
  init(this: object) {
    applications.push(this);
    // express-promise-router wraps what is mounted, and shows what is inside of
    // the wrapper only when its name is that of a router.
    Object.defineProperty(this, 'name', { value: 'router' });
    init.call(this);
  },
});
const routerPrototype = express.Router as unknown as {
  route(path: string): Route;
};
const { route: addRoute } = routerPrototype;
routerPrototype.route = function recordRoute(this: unknown, path: string) {
  const route = addRoute.call(this, path);
  routes.add(route);
  return route;
};

/** Layers of a router, or of an application; undefined of plain middleware. */
function stackOf(handler: unknown): Layer[] | undefined {
  const { stack, _router } = handler as {
    stack?: Layer[];
    _router?: { stack: Layer[] };
  };
  return stack ?? _router?.stack;
}

/** The path that a layer is mounted at; Express keeps its regular expression only. */
function mountPath({ regexp, keys }: Layer): string {
  if (regexp.fast_slash) return '';
  let key = 0;
  return regexp.source
    .replace(/^\^/, '')
    .replace(/\\\/\?\(\?=\\\/\|\$\)$/, '')
    .replace(/\(\?:\\\/\(\[\^\\?\/\]\+\?\)\)/g, () => `/:${keys[key++]?.name}`)
    .replaceAll('\\/', '/')
    .replaceAll('\\.', '.')
    .replaceAll('\\-', '-');
}

/** Every route below a router or application, as `GET /path`; `USE /path` for what is mounted at a path of its own. */
function walk(
  handler: unknown,
  prefix: string,
  nested: Set<unknown>,
  reached: Set<Route>,
): string[] {
  return (stackOf(handler) ?? []).flatMap(layer => {
    const { route, handle } = layer;
    if (route) {
      reached.add(route);
      return [route.path]
        .flat()
        .flatMap(path =>
          Object.keys(route.methods).map(
            method =>
              `${
                method === '_all' ? 'ALL' : method.toUpperCase()
              } ${prefix}${path}`,
          ),
        );
    }
    nested.add(stackOf(handle));
    const path = `${prefix}${mountPath(layer)}`;
    return [
      ...(path === prefix ? [] : [`USE ${path}`]),
      ...walk(handle, path, nested, reached),
    ];
  });
}

process.on('message', message => {
  if (message !== 'routes') return;
  const nested = new Set<unknown>();
  const reached = new Set<Route>();
  const trees = applications.map(application => ({
    application,
    found: walk(application, '', nested, reached),
  }));
  const found = trees
    .filter(({ application }) => !nested.has(stackOf(application)))
    .flatMap(tree => tree.found);
  const hidden = [...routes]
    .filter(route => !reached.has(route))
    .map(({ path, methods }) => `${Object.keys(methods).join(',')} ${path}`);
  process.send?.({ routes: [...new Set(found)].sort(), hidden });
});
