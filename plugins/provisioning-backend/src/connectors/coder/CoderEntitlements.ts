import { CoderClient } from '@formulary/plugin-coder-node';
import { Entitlement } from '@formulary/plugin-provisioning-common';
import {
  ConnectorCallOptions,
  ConnectorEntitlements,
  EntitledAccount,
  ObservedEntitlement,
} from '@formulary/plugin-provisioning-node';
import { isServiceError, ServiceError } from '@formulary/service-client-node';
import { z } from 'zod';

/** What Coder takes for a template, and so for a workspace of its name (`codersdk/name.go`). */
const NAME = /^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$/;

/**
 * A workspace from a template, with the template's own values and under its
 * name. It is begun and not waited for: a build takes longer than an attempt of
 * a step. It is given once, since what the person does in it is theirs.
 */
export class CoderEntitlements implements ConnectorEntitlements {
  readonly schema = z
    .strictObject({
      workspaceTemplates: z
        .array(
          z.string().max(32).regex(NAME, {
            error:
              'wants the name of a template: letters and digits, with single hyphens between them',
          }),
        )
        .default([]),
    })
    .transform(({ workspaceTemplates }): Entitlement[] =>
      workspaceTemplates.map(name => ({ kind: 'workspace', name, once: true })),
    );

  constructor(private readonly client: CoderClient) {}

  async look(
    { account }: EntitledAccount,
    { name }: Entitlement,
    options: ConnectorCallOptions = {},
  ): Promise<ObservedEntitlement> {
    const { username = '' } = account;
    const found = await this.client.workspaces.find(username, name, options);
    return { there: found !== undefined };
  }

  async give(
    { account }: EntitledAccount,
    { name }: Entitlement,
    options: ConnectorCallOptions = {},
  ): Promise<void> {
    const { username = '' } = account;
    const { templates, workspaces } = this.client;
    if (await workspaces.find(username, name, options)) return;
    const template = await templates.find(name, options);
    if (!template) {
      throw this.refuse(
        'not-found',
        `Coder has no template ${name}, which provisioning.defaults gives a workspace of. Push it, or correct the rule, and try again`,
      );
    }
    const parameters = await templates.listParameters(
      template.active_version_id,
      options,
    );
    const required = parameters.filter(parameter => parameter.required);
    if (required.length > 0) {
      throw this.refuse(
        'validation',
        `Coder's template ${name} asks for ${required
          .map(parameter => parameter.name)
          .join(
            ', ',
          )} and has no value of its own for it, so provisioning.defaults cannot give a workspace of it. Give the parameter a default in the template, or take the rule out`,
      );
    }
    try {
      await workspaces.create(
        { owner: username, templateId: template.id, name },
        options,
      );
    } catch (error) {
      // Another call was faster, or its answer was lost.
      const isThere =
        isServiceError(error, 'conflict') &&
        (await workspaces.find(username, name, options));
      if (!isThere) throw error;
    }
  }

  private refuse(kind: 'not-found' | 'validation', message: string) {
    return new ServiceError(message, { kind, service: 'Coder' });
  }
}
