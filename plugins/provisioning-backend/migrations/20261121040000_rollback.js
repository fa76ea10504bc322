// @ts-check

/**
 * Runs that take back what another run has made, one step after the other.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table
      .uuid('rolls_back')
      .nullable()
      .references('runs.id')
      .comment('The run whose accounts are removed again');
    table.index('rolls_back');
  });
  await knex.schema.alterTable('steps', table => {
    table
      .integer('position')
      .notNullable()
      .defaultTo(0)
      .comment('Order of steps that are not done side by side');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('steps', table => {
    table.dropColumns('position');
  });
  await knex.schema.alterTable('runs', table => {
    table.dropColumns('rolls_back');
  });
};
