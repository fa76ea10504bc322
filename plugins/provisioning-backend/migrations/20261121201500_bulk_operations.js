// @ts-check

/**
 * What is done for many people at once, and why: until now their accounts were
 * prepared.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('bulk_jobs', table => {
    table.text('operation').notNullable().defaultTo('onboard');
    table.text('reason').nullable();
    table.text('source').notNullable().defaultTo('file');
  });
  await knex('bulk_jobs').whereNotNull('group_ref').update({ source: 'group' });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // The version before would prepare the accounts of whom they are about.
  await knex('bulk_jobs').whereNot({ operation: 'onboard' }).delete();
  await knex.schema.alterTable('bulk_jobs', table => {
    table.dropColumns('operation', 'reason', 'source');
  });
};
