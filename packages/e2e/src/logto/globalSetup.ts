import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Program } from '../program';
import { packageDirectory } from '../sandbox';
import { Stack, startBackend, startSandbox } from '../stack';
import { LOGTO_PORT, logtoUrl, portal, PORTAL_PORT, PORT_BASE } from './ports';
import { logFile, sandboxDirectory } from './sandbox';
import type { StandInSettings } from './standIn/settings';

const secret = () => randomBytes(24).toString('base64url');

/** Starts Logto's stand-in, those of the services, and the portal with the overlay for Logto. */
export default async function globalSetup() {
  rmSync(sandboxDirectory, { recursive: true, force: true });
  mkdirSync(sandboxDirectory, { recursive: true });
  const settings: StandInSettings = {
    port: LOGTO_PORT,
    portal,
    clientId: 'formulary',
    clientSecret: secret(),
    signingKey: secret(),
  };
  const stack: Stack = {
    directory: sandboxDirectory,
    portBase: PORT_BASE,
    portalPort: PORTAL_PORT,
    logFile,
    // The sandbox leaves its stand-in for Keycloak out when there is another identity provider.
    keycloakUrl: logtoUrl,
    overlays: ['app-config.logto.yaml'],
    environment: {
      LOGTO_URL: logtoUrl,
      LOGTO_APP_ID: 'formulary-m2m',
      LOGTO_APP_SECRET: 'logto-secret',
      LOGTO_WEBHOOK_SECRET: settings.signingKey,
      PLATFORM_ADMIN_GROUP: 'group:default/formulary-platform',
      APP_CONFIG_auth_providers_oidc_production_metadataUrl: `${logtoUrl}/oidc`,
      APP_CONFIG_auth_providers_oidc_production_clientId: settings.clientId,
      APP_CONFIG_auth_providers_oidc_production_clientSecret:
        settings.clientSecret,
      APP_CONFIG_provisioning_issuer: `${logtoUrl}/oidc`,
    },
  };
  const programs: Program[] = [];
  const stop = async () => {
    for (const program of programs.splice(0).reverse()) await program.stop();
    rmSync(sandboxDirectory, { recursive: true, force: true });
  };
  try {
    const logto = Program.start({
      name: 'Logto stand-in',
      args: [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
        'packages/e2e/src/logto/standIn/main.ts',
      ],
      cwd: join(packageDirectory, '../..'),
      env: { LOGTO_STAND_IN: JSON.stringify(settings) },
      logFile: logFile('logto'),
    });
    programs.push(logto);
    await logto.waitForUrl(`${logtoUrl}/oidc/.well-known/openid-configuration`);
    programs.push(await startSandbox(stack));
    programs.push(await startBackend(stack));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
