import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../launch/paths.mjs';
import { measured } from './orgSyncMeasure.mjs';
import { providers } from './orgSyncProviders.mjs';

const { name, baseUrl, pageSize, concurrency, postgres } = JSON.parse(
  process.argv[2],
);
const { module: moduleName, factory, settings } = providers[name];
const module = join(root, 'plugins', moduleName);
const require = createRequire(join(module, 'package.json'));
const knexFactory = require('knex');
const { [factory]: createProvider } = require(join(module, 'src', factory));
const { migrate } = require('@formulary/plugin-organization-sync-node');

const nothing = () => undefined;
const logger = { info: nothing, warn: nothing, error: nothing };

const knex = knexFactory({
  client: 'pg',
  connection: { ...postgres, database: 'postgres' },
});
await migrate(knex);
// Each round begins with a first sync.
await knex('organization_sync_entities').delete();
const provider = createProvider(
  { id: 'bench', pageSize, concurrency, ...settings(baseUrl) },
  {
    knex,
    logger,
    scheduler: { scheduleTask: async () => nothing },
    events: { subscribe: nothing },
    auditor: {},
    notifications: {},
  },
);

let given = 0;
await provider.connect({
  applyMutation: async ({ added }) => {
    given += added.length;
  },
});
const first = await measured(() => provider.sync());
const again = await measured(() => provider.sync());
process.stdout.write(`${JSON.stringify({ first, again, given: given / 2 })}\n`);
process.exit(0);
