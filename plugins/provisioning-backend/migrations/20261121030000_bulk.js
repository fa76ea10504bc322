// @ts-check

/**
 * Bulk onboarding: a file and its lines; and an index by which events are
 * searched and deleted by age.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('bulk_jobs', table => {
    table.comment('Files of people whose accounts were asked for');
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('requested_by').notNullable();
    table.integer('total_lines').notNullable();
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
  });
  await knex.schema.createTable('bulk_lines', table => {
    table
      .uuid('job_id')
      .notNullable()
      .references('bulk_jobs.id')
      .onDelete('cascade');
    table.integer('line').notNullable();
    table.text('given').notNullable();
    table.text('user_ref').nullable();
    table.jsonb('services').nullable();
    table.text('state').notNullable().comment('begun: its run has the rest');
    table.text('message').nullable();
    table.uuid('run_id').nullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.primary(['job_id', 'line']);
    table.index(['job_id', 'state']);
  });
  await knex.schema.alterTable('events', table => {
    table.index('at');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('events', table => {
    table.dropIndex('at');
  });
  await knex.schema.dropTable('bulk_lines');
  await knex.schema.dropTable('bulk_jobs');
};
