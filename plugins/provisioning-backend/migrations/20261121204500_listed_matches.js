// @ts-check

/**
 * Accounts that the list of a service shows of people who have none on record
 * there: whether somebody has several is known only when the list was read to
 * its end, and no page of it is kept in memory.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('listed_matches', table => {
    table
      .uuid('reconciliation_id')
      .notNullable()
      .references('reconciliations.id')
      .onDelete('cascade');
    table.text('service').notNullable();
    table.text('account_id').notNullable();
    table
      .uuid('person_id')
      .notNullable()
      .references('persons.id')
      .onDelete('cascade');
    table.jsonb('drift').notNullable().comment('What is found, if not alone');
    table.primary(['reconciliation_id', 'service', 'account_id']);
    table.index(['reconciliation_id', 'service', 'person_id']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('listed_matches');
};
