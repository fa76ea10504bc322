import { access } from './access';
import { app } from './app';
import { approvals } from './approvals';
import { auth } from './auth';
import { catalog } from './catalog';
import { events } from './events';
import { everyPlugin } from './everyPlugin';
import { formulas } from './formulas';
import { notifications } from './notifications';
import { permission } from './permission';
import { provisioning } from './provisioning';
import { proxy } from './proxy';
import { scaffolder } from './scaffolder';
import { search } from './search';
import { signals } from './signals';
import { userSettings } from './userSettings';
import { KnownRoute, KnownRoutes } from './KnownRoute';

export type { KnownRoute } from './KnownRoute';

const known: KnownRoutes = {
  ...everyPlugin,
  ...access,
  ...app,
  ...approvals,
  ...auth,
  ...catalog,
  ...events,
  ...formulas,
  ...notifications,
  ...permission,
  ...provisioning,
  ...proxy,
  ...scaffolder,
  ...search,
  ...signals,
  ...userSettings,
};

/** How a route is attacked; undefined when nobody has said so yet. */
export function knownRoute(route: string): KnownRoute | undefined {
  const framework = route.replace(
    /^(\w+ \/api\/)[\w-]+(\/\.(?:well-known|backstage)\/)/,
    '$1{plugin}$2',
  );
  return known[route] ?? known[framework];
}
