// @ts-check

/**
 * Comparisons of the services with what should be, and how accounts differ.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('reconciliations', table => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('state').notNullable();
    table.text('requested_by').notNullable();
    table
      .uuid('last_person')
      .nullable()
      .comment('The last person looked at, by id; the next page goes on there');
    table.integer('total_persons').notNullable();
    table.integer('checked_persons').notNullable().defaultTo(0);
    table.integer('busy_persons').notNullable().defaultTo(0);
    table.jsonb('services').notNullable().comment('Counts of each service');
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('finished_at').nullable();
    table.index('created_at');
  });
  await knex.schema.raw(
    `create unique index reconciliations_one_under_way on reconciliations (state) where state = 'running'`,
  );

  await knex.schema.createTable('drifts', table => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table
      .uuid('reconciliation_id')
      .notNullable()
      .references('reconciliations.id')
      .onDelete('cascade');
    table.uuid('person_id').notNullable().references('persons.id');
    table.text('service').notNullable();
    table.text('kind').notNullable();
    table.text('found').notNullable();
    table.text('wanted').notNullable();
    table.text('mend').notNullable();
    table.text('state').notNullable().defaultTo('open');
    table.text('message').nullable();
    table.text('chosen_by').nullable();
    table.uuid('run_id').nullable();
    table.unique(['reconciliation_id', 'person_id', 'service']);
    table.index(['reconciliation_id', 'state']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('drifts');
  await knex.schema.dropTable('reconciliations');
};
