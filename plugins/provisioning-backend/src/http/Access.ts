import {
  BackstageCredentials,
  BackstageServicePrincipal,
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

/** Who calls. */
export interface Caller {
  credentials: BackstageCredentials<
    BackstageUserPrincipal | BackstageServicePrincipal
  >;
  /** Ref of the user, in lower case; absent when a service calls in its own name. */
  userRef?: string;
  /** What events call the caller: a user's ref, or the name of a service. */
  name: string;
  /** Whether a service calls, in a user's name or in its own. */
  viaService: boolean;
}

/** Decides what a caller may do. Everybody may see to their own accounts. */
export class Access {
  constructor(
    private readonly httpAuth: HttpAuthService,
    private readonly permissions: PermissionsService,
  ) {}

  /** The user who calls. */
  async user(request: Request): Promise<Caller & { userRef: string }> {
    const credentials = await this.httpAuth.credentials(request, {
      allow: ['user'],
    });
    const { userEntityRef, actor } = credentials.principal;
    return {
      credentials,
      userRef: userEntityRef.toLocaleLowerCase('en-US'),
      name: userEntityRef,
      viaService: actor !== undefined,
    };
  }

  /** The user or service that calls. */
  async caller(request: Request): Promise<Caller> {
    const credentials = await this.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const { principal } = credentials;
    return principal.type === 'user'
      ? {
          credentials,
          userRef: principal.userEntityRef.toLocaleLowerCase('en-US'),
          name: principal.userEntityRef,
          viaService: principal.actor !== undefined,
        }
      : { credentials, name: principal.subject, viaService: true };
  }

  /** Whether the caller is the person, or has the permission for everybody. */
  async mayFor(
    caller: Caller,
    userRef: string,
    permission: BasicPermission,
  ): Promise<boolean> {
    return (
      (caller.userRef !== undefined && caller.userRef === userRef) ||
      this.may(caller, permission)
    );
  }

  async may(caller: Caller, permission: BasicPermission): Promise<boolean> {
    const [{ result }] = await this.permissions.authorize([{ permission }], {
      credentials: caller.credentials,
    });
    return result === AuthorizeResult.ALLOW;
  }

  /** @throws NotAllowedError with the given words when the caller has not the permission */
  async demand(
    caller: Caller,
    permission: BasicPermission,
    refusal: string,
  ): Promise<void> {
    if (!(await this.may(caller, permission))) {
      throw new NotAllowedError(
        `${refusal}. Whoever does needs the permission ${permission.name}`,
      );
    }
  }
}
