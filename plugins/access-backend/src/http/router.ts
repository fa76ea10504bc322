import {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { accessReadPermission } from '@formulary/plugin-access-common';
import express from 'express';
import Router from 'express-promise-router';
import { AccessReporter } from '../report/AccessReporter';

/** What the routes work with. */
export interface RouterOptions {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  reporter: AccessReporter;
}

/** The REST API that `src/schema/openapi.yaml` describes. */
export function createRouter(options: RouterOptions): express.Router {
  const { httpAuth, permissions, reporter } = options;
  const router = Router();

  router.get('/persons/:userRef', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const userRef = readUserRef(request.params.userRef);
    if (userRef !== readUserRef(credentials.principal.userEntityRef)) {
      const [{ result }] = await permissions.authorize(
        [{ permission: accessReadPermission }],
        { credentials },
      );
      if (result !== AuthorizeResult.ALLOW) {
        throw new NotAllowedError(
          `You may see only what you may do yourself. For others it takes the permission ${accessReadPermission.name}`,
        );
      }
    }
    response.json(await reporter.report(userRef));
  });
  return router;
}

/** A user's ref in lower case. */
function readUserRef(given: string): string {
  try {
    const ref = parseEntityRef(given, {
      defaultKind: 'user',
      defaultNamespace: 'default',
    });
    if (ref.kind.toLocaleLowerCase('en-US') === 'user') {
      return stringifyEntityRef(ref);
    }
  } catch (error) {
    throw new InputError(
      'Name the person by a ref such as user:default/bob',
      error,
    );
  }
  throw new InputError('Name a user, by a ref such as user:default/bob');
}
