// @ts-check

/**
 * What a bulk onboarding was for, so that it can be told from others in a list.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('bulk_jobs', table => {
    table
      .text('group_ref')
      .nullable()
      .comment('Null for a file, and for groups before this was kept');
    table.index('created_at');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('bulk_jobs', table => {
    table.dropIndex('created_at');
    table.dropColumn('group_ref');
  });
};
