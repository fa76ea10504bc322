// @ts-check

/**
 * On whose behalf locations were registered.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('registered_locations', table => {
    table.comment('For whom people registered locations');
    table.text('target').notNullable();
    table
      .text('ref')
      .notNullable()
      .comment('of somebody who registered it, or of a group of theirs then');
    table.primary(['target', 'ref']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('registered_locations');
};
