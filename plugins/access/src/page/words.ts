import type {
  AccessOutcome,
  AccessReason,
  AccessRole,
} from '@formulary/plugin-access-common';

/** Plugins, as people know them. */
const PLUGINS: Record<string, string> = {
  access: 'Access',
  approvals: 'Approvals',
  catalog: 'Catalog',
  permission: 'Roles and policies',
  provisioning: 'Provisioning',
  scaffolder: 'Templates and tasks',
};

/** What permissions let people do. */
const PERMISSIONS: Record<string, string> = {
  'access.read': 'See what others may do',
  'approvals.requests.cancel': 'Cancel requests of others',
  'approvals.requests.read': 'See everybody’s requests',
  'catalog.entity.create': 'Add entities',
  'catalog.entity.delete': 'Remove entities',
  'catalog.entity.read': 'See entities',
  'catalog.entity.refresh': 'Have entities read again',
  'catalog.entity.validate': 'Check a description of an entity',
  'catalog.ingestion.manage': 'Steer the reading of sources',
  'catalog.ingestion.read': 'See the reading of sources',
  'catalog.location.analyze': 'Look into a location',
  'catalog.location.create': 'Register locations',
  'catalog.location.delete': 'Remove locations',
  'catalog.location.read': 'See registered locations',
  'catalog.organisation-sync.approve':
    'Decide what becomes of a stopped organisation sync',
  'policy.entity.create': 'Add roles and policies',
  'policy.entity.delete': 'Remove roles and policies',
  'policy.entity.read': 'See roles and policies',
  'policy.entity.update': 'Change roles and policies',
  'provisioning.deliveries.manage': 'See and repeat webhook deliveries',
  'provisioning.events.read': 'Search the audit trail',
  'provisioning.persons.offboard': 'Suspend, restore and remove accounts',
  'provisioning.persons.onboard': 'Prepare accounts of others',
  'provisioning.persons.read': 'See people and their accounts',
  'provisioning.reconciliations.apply': 'Mend drift',
  'provisioning.reconciliations.read': 'Compare the services and see drift',
  'provisioning.resources.manage':
    'Have tasks change what belongs to others in the services',
  'provisioning.runs.cancel': 'Cancel runs of others',
  'provisioning.runs.read': 'See everybody’s runs',
  'provisioning.runs.retry': 'Retry runs of others',
  'provisioning.runs.rollback': 'Roll runs back',
  'provisioning.services.read': 'See the health of the services',
  'scaffolder.action.execute': 'Run actions in tasks',
  'scaffolder.task.cancel': 'Cancel tasks',
  'scaffolder.task.create': 'Start tasks',
  'scaffolder.task.read': 'See tasks and their logs',
  'scaffolder.template.dry-run': 'Try templates without effects',
  'scaffolder.template.management': 'Manage templates',
  'scaffolder.template.parameter.read': 'See the forms of templates',
  'scaffolder.template.step.read': 'See the steps of templates',
  'scheduler.tasks.manage': 'See, start and stop scheduled tasks',
};

/** Outcomes: a word, and how it looks. */
export const OUTCOMES = {
  allow: { words: 'Yes', look: 'good' },
  conditional: { words: 'Some', look: 'some' },
  deny: { words: 'No', look: 'no' },
} as const satisfies Record<AccessOutcome, { words: string; look: string }>;

/** Where roles are from, by RBAC's word of it. */
const SOURCES: Record<string, string> = {
  'csv-file': 'the policies file',
  configuration: 'the configuration',
  rest: 'the roles API',
};

export const pluginWords = (id: string): string => PLUGINS[id] ?? id;

/** What a permission lets people do; its name when nobody has said it in words. */
export const permissionWords = (name: string): string =>
  PERMISSIONS[name] ?? name;

/** A ref as people say it: without the kind, and without the namespace that nearly everything is in. */
export const nameOf = (ref: string): string =>
  ref.replace(/^[^:]+:(?:default\/)?/, '');

/** Through what somebody has a role. */
export function roleWords({ ref, members, source }: AccessRole): string {
  const name = `The role ${nameOf(ref)}`;
  const from = SOURCES[source] ?? source;
  if (members.length === 0) return `${name} (${from}), which everybody has`;
  const ways = members.map(({ path }) => {
    if (path.length === 0) return 'given to the person';
    const way = path.map(nameOf).join(' → ');
    return `through membership in ${way}`;
  });
  return `${name} (${from}), ${ways.join(', and ')}`;
}

/** What a line of a role does. */
export function reasonWords({ effect, condition }: AccessReason): string {
  if (effect === 'allow') return 'allows it';
  if (effect === 'conditional') return `allows it for what is ${condition}`;
  return condition
    ? 'has several conditions for it, which counts as a refusal'
    : 'denies it, which outweighs all that allows it';
}
