import {
  AppRootElementBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { oidcAuthApi } from './oidcAuthApi';
import { SignInAgainDialog } from './SignInAgainDialog';

const signInPage = SignInPageBlueprint.make({
  params: {
    loader: async () => (await import('./SignInPage')).SignInPage,
  },
});

const signInAgainDialog = AppRootElementBlueprint.make({
  // Backstage's own dialog of the same name is replaced.
  name: 'oauth-request-dialog',
  params: { element: <SignInAgainDialog /> },
});

/** Sign-in through the organisation's identity provider. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [oidcAuthApi, signInPage, signInAgainDialog],
});
