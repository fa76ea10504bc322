import {
  AuthService,
  BackstageCredentials,
  coreServices,
  createServiceFactory,
  createServiceRef,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  PersonStatus,
  ProvisioningApi,
  ProvisioningClient,
  provisioningResourcesManagePermission,
  ServiceId,
} from '@formulary/plugin-provisioning-common';

/**
 * Whose account a task is about to act for.
 *
 * @public
 */
export interface TaskAccount {
  service: ServiceId;
  /** Name of the service as people know it. */
  title: string;
  /** Username there. */
  username: string;
}

/**
 * Says what a scaffolder task may do. Its actions call the services with the
 * portal's own rights, so what its user may do is decided here.
 *
 * @public
 */
export interface TaskAccess {
  /**
   * Lets a task act for its own user's account; for others', only with the
   * permission `provisioning.resources.manage`.
   *
   * @throws NotAllowedError otherwise
   */
  requireOwn(
    credentials: BackstageCredentials,
    account: TaskAccount,
  ): Promise<void>;
  /**
   * @param refusal - what is refused, for people
   * @throws NotAllowedError when the task's user has not the permission `provisioning.resources.manage`
   */
  requireManage(
    credentials: BackstageCredentials,
    refusal: string,
  ): Promise<void>;
  /** Whether the task's user has the permission `provisioning.resources.manage`. */
  mayManage(credentials: BackstageCredentials): Promise<boolean>;
  /** The task's user and their accounts; undefined when a service started the task in its own name. */
  getPerson(
    credentials: BackstageCredentials,
  ): Promise<PersonStatus | undefined>;
}

/** {@link TaskAccess} by the provisioning backend and the permission system. */
export class DefaultTaskAccess implements TaskAccess {
  constructor(
    private readonly options: {
      auth: AuthService;
      permissions: PermissionsService;
      provisioning: Pick<ProvisioningApi, 'getMe'>;
    },
  ) {}

  async requireOwn(
    credentials: BackstageCredentials,
    { service, title, username }: TaskAccount,
  ): Promise<void> {
    const person = await this.getPerson(credentials);
    const own = person?.accounts.find(
      account => account.service === service,
    )?.username;
    if (own?.toLowerCase() === username.toLowerCase()) return;
    await this.requireManage(
      credentials,
      own
        ? `${username} is not your account in ${title}; yours is ${own}`
        : `${username} is not known as your account in ${title}. Yours is made by the step platform:pre-provision-user`,
    );
  }

  async requireManage(
    credentials: BackstageCredentials,
    refusal: string,
  ): Promise<void> {
    if (await this.mayManage(credentials)) return;
    throw new NotAllowedError(
      `${refusal}. Whoever acts for others needs the permission ${provisioningResourcesManagePermission.name}`,
    );
  }

  async mayManage(credentials: BackstageCredentials): Promise<boolean> {
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission: provisioningResourcesManagePermission }],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }

  async getPerson(
    credentials: BackstageCredentials,
  ): Promise<PersonStatus | undefined> {
    const { auth, provisioning } = this.options;
    if (!auth.isPrincipal(credentials, 'user')) return undefined;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'provisioning',
    });
    return provisioning.getMe({ token });
  }
}

/**
 * {@link TaskAccess} for the modules of the scaffolder.
 *
 * @public
 */
export const taskAccessServiceRef = createServiceRef<TaskAccess>({
  id: 'provisioning.task-access',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        permissions: coreServices.permissions,
      },
      factory: ({ auth, discovery, permissions }) =>
        new DefaultTaskAccess({
          auth,
          permissions,
          provisioning: new ProvisioningClient({ discoveryApi: discovery }),
        }),
    }),
});
