// @ts-check

/**
 * What rules gave to people besides accounts, and the roles that rules ask for.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('persons', table => {
    table
      .jsonb('roles')
      .nullable()
      .comment('Null when nobody asked for the roles');
  });
  await knex.schema.createTable('entitlements', table => {
    table.comment('What was given by rules, and may so be taken back');
    table.bigIncrements('id').primary();
    table
      .uuid('person_id')
      .notNullable()
      .references('persons.id')
      .onDelete('cascade');
    table.text('service').notNullable();
    table.text('kind').notNullable();
    table.text('name').notNullable();
    table.text('level').nullable();
    table
      .text('level_before')
      .nullable()
      .comment('The lower level that was there by hand');
    table.boolean('once').notNullable();
    table
      .timestamp('given_at')
      .nullable()
      .comment('Null while it is being given');
    table.unique(['person_id', 'service', 'kind', 'name']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('entitlements');
  await knex.schema.alterTable('persons', table => {
    table.dropColumn('roles');
  });
};
