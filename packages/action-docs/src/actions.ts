import { AuthService } from '@backstage/backend-plugin-api';
import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { ApprovalsApi } from '@formulary/plugin-approvals-common';
import { CoderClient } from '@formulary/plugin-coder-node';
import { GiteaClient } from '@formulary/plugin-gitea-node';
import { MattermostClient } from '@formulary/plugin-mattermost-node';
import { ProvisioningApi } from '@formulary/plugin-provisioning-common';
import { TaskAccess } from '@formulary/plugin-provisioning-node';
import { createRequireApprovalAction } from '@formulary/plugin-scaffolder-backend-module-approvals';
import {
  createCreateWorkspaceAction,
  createDeleteWorkspaceAction,
  createPushTemplateAction,
  createStartWorkspaceAction,
  createStopWorkspaceAction,
  type TemplateVisibility,
} from '@formulary/plugin-scaffolder-backend-module-coder';
import {
  createCreateRepositoryAction,
  createDeleteRepositoryAction,
} from '@formulary/plugin-scaffolder-backend-module-gitea-repository';
import {
  createAddToTeamAction,
  createArchiveChannelAction,
  createCreateUserAction,
  createPostMessageAction,
  createRemoveFromTeamAction,
  type OrganizationNames,
} from '@formulary/plugin-scaffolder-backend-module-mattermost';
import { createPreProvisionUserAction } from '@formulary/plugin-scaffolder-backend-module-pre-provision-user';
import {
  createCreateCompanyAction,
  createCreateOpportunityAction,
  createCreatePersonAction,
  createDeleteRecordAction,
  createUpsertAction,
} from '@formulary/plugin-scaffolder-backend-module-twenty';
import { TwentyClient } from '@formulary/plugin-twenty-node';
import { inert } from './inert';

/** What the reference tells of an action. */
export interface DocumentedAction {
  id: string;
  description?: string;
  examples?: TemplateExample[];
  supportsDryRun?: boolean;
  /** JSON schemas, as the scaffolder has them. */
  schema?: { input?: unknown; output?: unknown };
}

/** Every action of Formulary's own modules, made with clients that call nobody. */
export function documentedActions(): DocumentedAction[] {
  const taskAccess = inert<TaskAccess>('taskAccess');
  const coder = { client: inert<CoderClient>('CoderClient'), taskAccess };
  const gitea = { client: inert<GiteaClient>('GiteaClient'), taskAccess };
  const mattermost = {
    client: inert<MattermostClient>('MattermostClient'),
    taskAccess,
  };
  const twenty = { client: inert<TwentyClient>('TwentyClient'), taskAccess };
  return [
    createPreProvisionUserAction({
      auth: inert<AuthService>('auth'),
      provisioning: inert<ProvisioningApi>('ProvisioningApi'),
    }),
    createRequireApprovalAction({
      auth: inert<AuthService>('auth'),
      approvals: inert<ApprovalsApi>('ApprovalsApi'),
      portalUrl: 'https://portal.example.com',
    }),
    createCreateRepositoryAction(gitea),
    createDeleteRepositoryAction(gitea),
    createCreateWorkspaceAction({
      ...coder,
      templates: inert<TemplateVisibility>('TemplateVisibility'),
    }),
    createStartWorkspaceAction(coder),
    createStopWorkspaceAction(coder),
    createDeleteWorkspaceAction(coder),
    createPushTemplateAction(coder),
    createAddToTeamAction({
      ...mattermost,
      organizations: inert<OrganizationNames>('OrganizationNames'),
    }),
    createCreateUserAction(mattermost),
    createPostMessageAction(mattermost),
    createRemoveFromTeamAction(mattermost),
    createArchiveChannelAction(mattermost),
    createCreatePersonAction(twenty),
    createCreateCompanyAction(twenty),
    createCreateOpportunityAction(twenty),
    createUpsertAction(twenty),
    createDeleteRecordAction(twenty),
  ];
}
