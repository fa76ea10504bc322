import { rollbackOutput } from '@formulary/plugin-provisioning-node';
import type { z as zod } from 'zod/v3';

type Z = typeof zod;

/** Input of `coder:create-workspace`. */
export const createWorkspaceInput = {
  owner: (z: Z) =>
    z
      .string()
      .min(1)
      .describe(
        'Username in Coder of who gets the workspace: your own, unless you may act for others',
      ),
  template: (z: Z) => z.string().min(1).describe('Name of the Coder template'),
  name: (z: Z) =>
    z
      .string()
      .min(1)
      .describe(
        'Name of the workspace, unique for its owner: letters, digits and single hyphens, at most 32',
      ),
  parameters: (z: Z) =>
    z
      .record(
        z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
      )
      .optional()
      .describe("Values of the template's parameters, by name"),
  preset: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Name of a preset, whose values win over single ones'),
  ttlMs: (z: Z) =>
    z
      .number()
      .int()
      .min(60_000)
      .optional()
      .describe(
        "Milliseconds after which the workspace stops. Default: the template's",
      ),
  autostartSchedule: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'When it starts by itself, such as CRON_TZ=Europe/Berlin 30 8 * * 1-5. Default: never',
      ),
  automaticUpdates: (z: Z) =>
    z
      .enum(['always', 'never'])
      .optional()
      .describe(
        'Whether a start moves it to the active version of the template. Default: never',
      ),
  wait: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe('Whether to wait until it is ready. Default: true'),
};

/** Output of `coder:create-workspace`. */
export const createWorkspaceOutput = {
  workspaceId: (z: Z) => z.string().describe('Id of the workspace'),
  workspaceUrl: (z: Z) => z.string().describe('Page of the workspace'),
  appUrls: (z: Z) =>
    z
      .record(z.string())
      .describe('Addresses of its apps, by their slug; none before it runs'),
  buildId: (z: Z) => z.string().describe('Id of its latest build'),
  status: (z: Z) =>
    z.string().describe("Coder's state of the workspace, such as running"),
  created: (z: Z) => z.boolean().describe('false when it was there already'),
  rollback: rollbackOutput,
};
