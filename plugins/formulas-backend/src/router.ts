import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { FORMULA_KIND } from '@formulary/plugin-formulas-common';
import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import type { FormulaBundles } from './FormulaBundles';

/** Routes of the formulas backend. */
export function createRouter(options: {
  bundles: FormulaBundles;
  catalog: CatalogService;
  httpAuth: HttpAuthService;
}): ExpressRouter {
  const { bundles, catalog, httpAuth } = options;
  const router = Router();

  router.get('/formulas/:namespace/:name/bundle', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { namespace, name } = req.params;
    // With the caller's credentials, so that the catalog's permissions hold.
    const formula = await catalog.getEntityByRef(
      { kind: FORMULA_KIND, namespace, name },
      { credentials },
    );
    if (!formula) {
      throw new NotFoundError(
        `There is no formula "${namespace}/${name}" that you may see`,
      );
    }
    res.json(await bundles.get(formula));
  });

  return router;
}
