import { Entity } from '@backstage/catalog-model';

const GROUPS: Record<string, string[]> = {
  acme: ['acme-leads', 'acme-developers'],
  globex: ['globex-leads', 'globex-developers'],
  formulary: ['formulary-platform'],
};

const MEMBERS: Record<string, string> = {
  alice: 'acme-leads',
  bob: 'acme-developers',
  carol: 'acme-developers',
  gina: 'globex-leads',
  hugo: 'globex-developers',
  priya: 'formulary-platform',
};

function entity(kind: string, name: string, rest: Partial<Entity>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: {},
    ...rest,
  };
}

function relation(type: string, targetRef: string) {
  return { type, targetRef };
}

/** The catalog: three organisations with their people, a template and its formula. */
export const entities: Entity[] = [
  ...Object.keys(GROUPS).map(name => entity('Group', name, { relations: [] })),
  ...Object.entries(GROUPS).flatMap(([organisation, groups]) =>
    groups.map(name =>
      entity('Group', name, {
        relations: [relation('childOf', `group:default/${organisation}`)],
      }),
    ),
  ),
  ...Object.entries(MEMBERS).map(([name, group]) =>
    entity('User', name, {
      relations: [relation('memberOf', `group:default/${group}`)],
    }),
  ),
  entity('Template', 'research', {
    relations: [
      relation('ownedBy', 'group:default/acme-leads'),
      relation('ownedBy', 'group:default/globex-leads'),
    ],
  }),
  entity('Formula', 'research', {
    spec: { template: 'template:default/research' },
  }),
];
