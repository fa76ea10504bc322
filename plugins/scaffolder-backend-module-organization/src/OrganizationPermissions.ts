import {
  PermissionsService,
  PermissionsServiceRequestOptions,
} from '@backstage/backend-plugin-api';
import {
  AuthorizePermissionRequest,
  AuthorizeResult,
  PermissionCondition,
  PermissionCriteria,
  QueryPermissionRequest,
} from '@backstage/plugin-permission-common';
import { RESOURCE_TYPE_SCAFFOLDER_TASK } from '@backstage/plugin-scaffolder-common/alpha';
import {
  administeredOrganizations,
  isTaskOfOrganization,
  organizationParamsSchema,
} from './isTaskOfOrganization';
import { TaskCreators } from './TaskCreators';

type Criteria = PermissionCriteria<PermissionCondition>;

/**
 * Has the scaffolder understand `IS_TASK_OF_ORGANIZATION`. Its routes take no
 * rules but their own (plugin-scaffolder-backend 4.2, service/router: the option
 * `permissionRules` is not offered to modules), so the rule becomes their
 * `IS_TASK_OWNER` with the people of the organisation. Lists are filtered and
 * counted by it in the database, as ever.
 */
export class OrganizationPermissions implements PermissionsService {
  constructor(
    private readonly permissions: PermissionsService,
    private readonly creators: Pick<TaskCreators, 'of'>,
  ) {}

  async authorize(
    requests: AuthorizePermissionRequest[],
    options: PermissionsServiceRequestOptions,
  ) {
    return this.permissions.authorize(requests, options);
  }

  async authorizeConditional(
    requests: QueryPermissionRequest[],
    options: PermissionsServiceRequestOptions,
  ) {
    const decisions = await this.permissions.authorizeConditional(
      requests,
      options,
    );
    return Promise.all(
      decisions.map(async decision =>
        decision.result === AuthorizeResult.CONDITIONAL &&
        decision.resourceType === RESOURCE_TYPE_SCAFFOLDER_TASK
          ? {
              ...decision,
              conditions: await this.understood(decision.conditions),
            }
          : decision,
      ),
    );
  }

  private async understood(criteria: Criteria): Promise<Criteria> {
    const each = ([first, ...rest]: [Criteria, ...Criteria[]]) =>
      Promise.all([
        this.understood(first),
        ...rest.map(one => this.understood(one)),
      ]);
    if ('anyOf' in criteria) return { anyOf: await each(criteria.anyOf) };
    if ('allOf' in criteria) return { allOf: await each(criteria.allOf) };
    if ('not' in criteria) return { not: await this.understood(criteria.not) };
    if (criteria.rule !== isTaskOfOrganization.name) return criteria;
    const params = organizationParamsSchema.parse(criteria.params);
    return {
      rule: 'IS_TASK_OWNER',
      resourceType: RESOURCE_TYPE_SCAFFOLDER_TASK,
      params: {
        createdBy: await this.creators.of(administeredOrganizations(params)),
      },
    };
  }
}
