// @ts-check

/**
 * Persons can be suspended and removed; of somebody who has left, the time is
 * kept after which the accounts go.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('persons', table => {
    table.text('state').notNullable().defaultTo('active');
    table.text('state_reason').nullable();
    table.timestamp('state_since').nullable();
    table
      .timestamp('remove_after')
      .nullable()
      .comment('Null when nothing is to be removed by itself');
    table.index('remove_after');
  });
  await knex.schema.alterTable('webhook_deliveries', table => {
    table.index(['state', 'received_at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('webhook_deliveries', table => {
    table.dropIndex(['state', 'received_at']);
  });
  await knex.schema.alterTable('persons', table => {
    table.dropIndex('remove_after');
    table.dropColumns('state', 'state_reason', 'state_since', 'remove_after');
  });
};
