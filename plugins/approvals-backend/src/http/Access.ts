import {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { Request } from 'express';
import { Directory, Membership } from '../people/Directory';

/** The user who calls. */
export interface Caller {
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  /** Ref of the user, in lower case. */
  userRef: string;
}

/** The backend plugin whose tasks ask for approvals. */
const SCAFFOLDER = 'plugin:scaffolder';

/** Decides what a caller may do. */
export class Access {
  constructor(
    private readonly httpAuth: HttpAuthService,
    private readonly permissions: PermissionsService,
    private readonly directory: Directory,
  ) {}

  /** The user who calls, themselves or through another plugin. */
  async user(request: Request): Promise<Caller> {
    const credentials = await this.httpAuth.credentials(request, {
      allow: ['user'],
    });
    return {
      credentials,
      userRef: credentials.principal.userEntityRef.toLocaleLowerCase('en-US'),
    };
  }

  /**
   * The user who calls themselves: no task and no other plugin decides in
   * somebody's name.
   */
  async person(request: Request): Promise<Caller> {
    const caller = await this.user(request);
    const { actor } = caller.credentials.principal;
    if (actor) {
      throw new NotAllowedError(
        `People decide for themselves; ${actor.subject} may not do it for them`,
      );
    }
    return caller;
  }

  /** The user whose task asks; only the scaffolder speaks for tasks. */
  async taskUser(request: Request): Promise<Caller> {
    const caller = await this.user(request);
    if (caller.credentials.principal.actor?.subject !== SCAFFOLDER) {
      throw new NotAllowedError(
        'Approvals are asked for by tasks: use the action approval:require in a template',
      );
    }
    return caller;
  }

  /** Where the caller belongs; nowhere when the catalog does not know them. */
  async membershipOf({ userRef }: Caller): Promise<Membership> {
    return (
      (await this.directory.membershipOf(userRef)) ?? {
        userRef,
        refs: new Set([userRef]),
        organisations: [],
      }
    );
  }

  async may(caller: Caller, permission: BasicPermission): Promise<boolean> {
    const [{ result }] = await this.permissions.authorize([{ permission }], {
      credentials: caller.credentials,
    });
    return result === AuthorizeResult.ALLOW;
  }
}
