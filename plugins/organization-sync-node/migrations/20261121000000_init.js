// @ts-check

/**
 * What the catalog was given from identity providers, what a sync under way has
 * read, and syncs that wait for an administrator.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('organization_sync_entities', table => {
    table.comment('Entities from identity providers');
    table.text('provider').notNullable();
    table.text('ref').notNullable();
    table.text('kind').notNullable();
    table
      .text('subject')
      .nullable()
      .comment('id at the identity provider, as applied');
    table.text('applied').nullable().comment('what the catalog was given');
    table.text('staged').nullable().comment('what the last reading brought');
    table.text('staged_subject').nullable();
    table.uuid('staged_by').nullable().comment('the sync that read it');
    table
      .timestamp('touched_at', { precision: 6 })
      .nullable()
      .comment('when an event changed it');
    table.primary(['provider', 'ref']);
    table.index(['provider', 'subject']);
    table.index(['provider', 'staged_subject']);
  });
  await knex.schema.createTable('organization_sync_stops', table => {
    table.comment('Syncs that would remove too much and wait');
    table.text('module').notNullable();
    table.text('provider').notNullable();
    table.text('digest').notNullable().comment('of the refs to be removed');
    table.integer('users').notNullable();
    table.integer('groups').notNullable();
    table.jsonb('sample').notNullable();
    table.timestamp('stopped_at').notNullable().defaultTo(knex.fn.now());
    table.text('approved_by').nullable();
    table.timestamp('approved_at').nullable();
    table.primary(['module', 'provider']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('organization_sync_stops');
  await knex.schema.dropTable('organization_sync_entities');
};
