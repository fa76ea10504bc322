import { z } from 'zod';
import { invalidBody } from '../app-error';
import { SettingsRow } from './rows';
import { MattermostState } from './state';

/** Version that the stand-in answers with. */
export const SERVER_VERSION = '11.6.0';

const defaults: SettingsRow = {
  id: 'settings',
  // Off, unlike the server's default: somebody who was not provisioned is refused.
  TeamSettings: { EnableUserCreation: false, MaxUsersPerTeam: 50 },
  ServiceSettings: { EnableAPIUserDeletion: false },
  OpenIdSettings: { Enable: true },
  GitLabSettings: { Enable: true },
  RateLimitSettings: { Enable: false, PerSec: 10, MaxBurst: 100 },
};

const patchSchema = z.object({
  TeamSettings: z
    .object({
      EnableUserCreation: z.boolean(),
      MaxUsersPerTeam: z.number().int().positive(),
    })
    .partial()
    .optional(),
  ServiceSettings: z
    .object({ EnableAPIUserDeletion: z.boolean() })
    .partial()
    .optional(),
  OpenIdSettings: z.object({ Enable: z.boolean() }).partial().optional(),
  GitLabSettings: z.object({ Enable: z.boolean() }).partial().optional(),
  RateLimitSettings: z
    .object({
      Enable: z.boolean(),
      PerSec: z.number().int().positive(),
      MaxBurst: z.number().int().positive(),
    })
    .partial()
    .optional(),
});

/** The server's configuration, changed by `PUT /config/patch` as on a real one. */
export class Settings {
  constructor(private readonly state: MattermostState) {}

  get current(): SettingsRow {
    return this.state.settings.get(defaults.id) ?? defaults;
  }

  patch(body: unknown): SettingsRow {
    const patch = patchSchema.safeParse(body);
    if (!patch.success) throw invalidBody('config');
    const { current } = this;
    return this.state.settings.put({
      id: current.id,
      TeamSettings: { ...current.TeamSettings, ...patch.data.TeamSettings },
      ServiceSettings: {
        ...current.ServiceSettings,
        ...patch.data.ServiceSettings,
      },
      OpenIdSettings: {
        ...current.OpenIdSettings,
        ...patch.data.OpenIdSettings,
      },
      GitLabSettings: {
        ...current.GitLabSettings,
        ...patch.data.GitLabSettings,
      },
      RateLimitSettings: {
        ...current.RateLimitSettings,
        ...patch.data.RateLimitSettings,
      },
    });
  }
}
