import express from 'express';
import { CoderClient } from '@formulary/plugin-coder-node';
import { OidcLogin } from '../../core/oidc-login';
import { ServiceContext, StandIn } from '../../core/service';
import { coderApi } from './api';
import { Coder } from './Coder';
import { CoderState } from './model';
import { loginPages } from './pages/login';
import { LOGIN_PATH } from './pages/frame';
import { workspacePages } from './pages/workspaces';
import { pushFormulas } from './pushFormulas';
import { seed } from './seed';

/** Builds the stand-in for Coder. */
export async function createCoder({
  store,
  url,
  credentials,
  log,
}: ServiceContext): Promise<StandIn> {
  const { token, login } = credentials.services.coder;
  const state = new CoderState(store);
  seed(state, token);
  const coder = new Coder(state, url);
  const oidc = new OidcLogin({
    issuer: credentials.services.keycloak.issuer,
    ...login,
    redirectUri: `${url}${LOGIN_PATH}`,
    scope: 'openid profile email',
  });
  const app = express();
  app.disable('x-powered-by');
  app.use(loginPages(coder, oidc));
  app.use('/api/v2', coderApi(coder));
  app.use(workspacePages(coder));
  return {
    app,
    async started() {
      coder.jobs.resume();
      const client = new CoderClient({ baseUrl: url, token });
      for (const line of await pushFormulas(client)) log(line);
    },
    async stop() {
      coder.jobs.stop();
    },
  };
}
