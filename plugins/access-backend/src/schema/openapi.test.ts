import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  accessFormulaSchema,
  accessGroupSchema,
  accessPermissionSchema,
  accessReasonSchema,
  accessReportSchema,
  accessRoleSchema,
} from '@formulary/plugin-access-common';
import { Router } from 'express';
import { parse } from 'yaml';
import { z } from 'zod';
import { createRouter, RouterOptions } from '../http/router';

/** The wire format, by the names that the document gives it. */
const schemas = {
  AccessReport: accessReportSchema,
  AccessGroup: accessGroupSchema,
  AccessRole: accessRoleSchema,
  AccessPermission: accessPermissionSchema,
  AccessReason: accessReasonSchema,
  AccessFormula: accessFormulaSchema,
};

function wireFormat() {
  const registry = z.registry<{ id: string }>();
  Object.entries(schemas).forEach(([id, schema]) =>
    registry.add(schema, { id }),
  );
  const generated = z.toJSONSchema(registry, {
    uri: id => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(generated.schemas).map(([id, schema]) => {
      const { $schema, $id, ...rest } = schema as Record<string, unknown>;
      return [id, rest];
    }),
  );
}

function routesOf(router: Router): string[] {
  return router.stack.flatMap(layer => {
    const route = layer.route as
      | { path: string; methods: Record<string, boolean> }
      | undefined;
    return Object.keys(route?.methods ?? {}).map(
      method =>
        `${method} ${route?.path.replace(/:([A-Za-z]+)/g, '{$1}') ?? ''}`,
    );
  });
}

describe('openapi.yaml', () => {
  const document = parse(
    readFileSync(resolve(__dirname, 'openapi.yaml'), 'utf8'),
  );

  it('has the wire format that is checked at both ends', () => {
    expect(document.components.schemas).toEqual(wireFormat());
  });

  it('has every route and no other', () => {
    const routes = routesOf(createRouter({} as RouterOptions));
    const documented = Object.entries<Record<string, unknown>>(
      document.paths,
    ).flatMap(([path, operations]) =>
      Object.keys(operations)
        .filter(key => key !== 'parameters')
        .map(method => `${method} ${path}`),
    );
    expect(documented.sort()).toEqual(routes.sort());
  });
});
