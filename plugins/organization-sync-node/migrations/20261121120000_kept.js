// @ts-check

/**
 * Whom an administrator leaves in the catalog although the identity provider
 * has them no more; and all that a stopped sync would remove, so that this can
 * be said of it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // The next sync that would remove too much asks anew.
  await knex('organization_sync_stops').delete();
  await knex.schema.alterTable('organization_sync_stops', table => {
    table.jsonb('refs').notNullable().comment('all that would be removed');
    table.dropColumns('sample', 'users', 'groups');
  });
  await knex.schema.createTable('organization_sync_kept', table => {
    table.comment('What an administrator leaves in the catalog');
    table.text('module').notNullable();
    table.text('provider').notNullable();
    table.text('ref').notNullable();
    table
      .text('digest')
      .notNullable()
      .comment('of the refs that were decided on together');
    table.text('kept_by').notNullable();
    table.timestamp('kept_at').notNullable().defaultTo(knex.fn.now());
    table.primary(['module', 'provider', 'ref']);
    table.index(['module', 'provider', 'digest']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('organization_sync_kept');
  await knex('organization_sync_stops').delete();
  await knex.schema.alterTable('organization_sync_stops', table => {
    table.integer('users').notNullable();
    table.integer('groups').notNullable();
    table.jsonb('sample').notNullable();
    table.dropColumn('refs');
  });
};
