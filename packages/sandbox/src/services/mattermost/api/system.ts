import express from 'express';
import { AppError, invalidUrl } from '../app-error';
import { Mattermost } from '../model';
import { SERVER_VERSION } from '../model/settings';
import { caller, findCaller } from './context';

/** Health, configuration and licence (server/channels/api4/{system,config,license}.go). */
export function addSystemRoutes(
  router: express.Router,
  mattermost: Mattermost,
  url: string,
): void {
  const { access, settings } = mattermost;

  router.get('/system/ping', (request, response) => {
    response.json({
      ActiveSearchBackend: 'database',
      AndroidLatestVersion: '',
      AndroidMinVersion: '',
      IosLatestVersion: '',
      IosMinVersion: '',
      ...(request.query.get_server_status === 'true'
        ? { database_status: 'OK', filestore_status: 'OK' }
        : {}),
      status: 'OK',
    });
  });

  router.get('/config/client', (request, response) => {
    const { current } = settings;
    const text = (value: boolean) => String(value);
    response.json({
      BuildEnterpriseReady: 'true',
      BuildNumber: SERVER_VERSION,
      EnableSignUpWithGitLab: text(current.GitLabSettings.Enable),
      EnableSignUpWithOpenId: text(current.OpenIdSettings.Enable),
      EnableUserCreation: text(current.TeamSettings.EnableUserCreation),
      OpenIdButtonText: 'Log in with Keycloak',
      SiteName: 'Mattermost',
      SiteURL: url,
      Version: SERVER_VERSION,
      // Somebody who is logged in is told more (`ClientConfigWithComputed`).
      ...(findCaller(mattermost, request)
        ? { MaxPostSize: '16383', EnableBotAccountCreation: 'true' }
        : {}),
    });
  });

  router.get('/license/client', (request, response) => {
    const { format } = request.query;
    if (format === undefined) {
      throw new AppError('api.license.client.old_format.app_error', 400);
    }
    if (format !== 'old') throw invalidUrl('format');
    response.json({
      IsLicensed: 'true',
      SkuShortName: 'professional',
      OpenId: 'true',
    });
  });

  router.get('/config', (request, response) => {
    const user = caller(mattermost, request);
    access.requireSystemAdmin(user);
    const { id: _id, ...current } = settings.current;
    response.json(current);
  });

  router.put('/config/patch', (request, response) => {
    const user = caller(mattermost, request);
    access.requireSystemAdmin(user);
    const { id: _id, ...changed } = settings.patch(request.body);
    response.json(changed);
  });
}
