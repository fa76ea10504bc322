// @ts-check

/**
 * Accounts that services list and nobody has: where a reconciliation is in the
 * lists, and drifts that are about an account rather than a person's service.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('reconciliations', table => {
    table
      .text('listed_service')
      .nullable()
      .comment(
        'The service whose list is read, once all persons were looked at',
      );
    table.text('listed_after').nullable().comment('Where its next page begins');
  });
  await knex.schema.alterTable('drifts', table => {
    table.uuid('person_id').nullable().alter();
    table.text('account_id').nullable();
    table.text('account_username').nullable();
    table.text('account_url').nullable();
    table.dropUnique(['reconciliation_id', 'person_id', 'service']);
  });
  await knex.schema.raw(
    `create unique index drifts_person on drifts (reconciliation_id, person_id, service) where account_id is null`,
  );
  await knex.schema.raw(
    `create unique index drifts_account on drifts (reconciliation_id, service, account_id) where account_id is not null`,
  );
  await knex.schema.alterTable('accounts', table => {
    table.index(['service', 'external_id']);
  });
  await knex.schema.alterTable('persons', table => {
    table.index('subject');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('persons', table => {
    table.dropIndex('subject');
  });
  await knex.schema.alterTable('accounts', table => {
    table.dropIndex(['service', 'external_id']);
  });
  await knex.schema.raw('drop index drifts_account');
  await knex.schema.raw('drop index drifts_person');
  await knex('drifts').whereNotNull('account_id').delete();
  await knex.schema.alterTable('drifts', table => {
    table.dropColumns('account_id', 'account_username', 'account_url');
    table.uuid('person_id').notNullable().alter();
    table.unique(['reconciliation_id', 'person_id', 'service']);
  });
  await knex.schema.alterTable('reconciliations', table => {
    table.dropColumns('listed_service', 'listed_after');
  });
};
