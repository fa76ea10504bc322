import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import catalogGraphPlugin from '@backstage/plugin-catalog-graph/alpha';
import homePlugin from '@backstage/plugin-home/alpha';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import searchPlugin from '@backstage/plugin-search/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import accessPlugin from '@formulary/plugin-access';
import approvalsPlugin from '@formulary/plugin-approvals';
import formulasPlugin from '@formulary/plugin-formulas';
import provisioningPlugin from '@formulary/plugin-provisioning';
import { homeModule } from './home';
import { navigationModule } from './navigation';
import { notFoundModule } from './notFound';
import { pagesModule } from './pages';
import { signInModule } from './signIn';
import { themeModule } from './theme';

export default createApp({
  features: [
    homePlugin,
    provisioningPlugin,
    approvalsPlugin,
    formulasPlugin,
    accessPlugin,
    catalogPlugin,
    catalogGraphPlugin,
    notificationsPlugin,
    orgPlugin,
    scaffolderPlugin,
    searchPlugin,
    signalsPlugin,
    userSettingsPlugin,
    homeModule,
    navigationModule,
    notFoundModule,
    pagesModule,
    signInModule,
    themeModule,
  ],
});
