// @ts-check

/**
 * Persons, their accounts, runs with steps, events and webhook deliveries.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('persons', table => {
    table.comment('Everybody whom provisioning has met');
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table
      .text('user_ref')
      .nullable()
      .unique()
      .comment('Null when a successor took over the name');
    table.text('issuer').notNullable();
    table.text('subject').notNullable();
    table.text('username').notNullable();
    table.text('email').notNullable();
    table.boolean('email_verified').notNullable();
    table.text('display_name').notNullable();
    table.text('first_name').nullable();
    table.text('last_name').nullable();
    table
      .text('organisation')
      .notNullable()
      .comment('Empty when the person belongs to none');
    table.jsonb('groups').notNullable();
    table.jsonb('attributes').notNullable();
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('updated_at').notNullable().defaultTo(knex.fn.now());
    table.unique(['issuer', 'subject']);
    table.index('username');
  });

  await knex.schema.createTable('accounts', table => {
    table.comment('What was last observed of each account');
    table.uuid('person_id').notNullable().references('persons.id');
    table.text('service').notNullable();
    table.text('state').notNullable();
    table.text('external_id').nullable();
    table.text('username').nullable();
    table.text('url').nullable();
    table.text('message').nullable();
    table.timestamp('observed_at').notNullable().defaultTo(knex.fn.now());
    table.primary(['person_id', 'service']);
  });

  await knex.schema.createTable('runs', table => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('kind').notNullable();
    table.text('state').notNullable();
    table.text('source').notNullable();
    table.text('requested_by').notNullable();
    table.uuid('person_id').notNullable().references('persons.id');
    table.text('message').nullable();
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('finished_at').nullable();
    table.index(['person_id', 'created_at']);
    table.index('created_at');
  });
  await knex.schema.raw(
    `create unique index runs_one_under_way on runs (person_id) where state = 'running'`,
  );

  await knex.schema.createTable('steps', table => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('run_id').notNullable().references('runs.id');
    table.text('service').notNullable();
    table.text('state').notNullable();
    table.text('outcome').nullable();
    table.text('message').nullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.timestamp('deadline_at').notNullable();
    table.timestamp('next_attempt_at').nullable();
    table.timestamp('started_at').nullable();
    table.timestamp('finished_at').nullable();
    table.unique(['run_id', 'service']);
  });

  await knex.schema.createTable('events', table => {
    table.comment('What happened; rows are only ever added');
    table.bigIncrements('id').primary();
    table.timestamp('at').notNullable().defaultTo(knex.fn.now());
    table.text('type').notNullable();
    table.text('actor').notNullable();
    table.uuid('person_id').nullable();
    table.uuid('run_id').nullable();
    table.text('service').nullable();
    table.text('message').notNullable();
    table.jsonb('before').nullable();
    table.jsonb('after').nullable();
    table.index(['run_id', 'id']);
    table.index(['person_id', 'id']);
  });
  await knex.schema.raw(`
    create function provisioning_events_are_final() returns trigger
    language plpgsql as $$
    begin
      raise exception 'events are only ever added';
    end $$;
    create trigger events_are_final before update on events
    for each row execute function provisioning_events_are_final();
  `);

  await knex.schema.createTable('webhook_deliveries', table => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('source').notNullable();
    table
      .text('delivery_id')
      .notNullable()
      .comment('What the sender calls it, the same when it is sent again');
    table.text('type').notNullable();
    table.text('state').notNullable();
    table.text('message').nullable();
    table.jsonb('payload').notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.uuid('run_id').nullable();
    table.timestamp('received_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('finished_at').nullable();
    table.unique(['source', 'delivery_id']);
    table.index('received_at');
  });

  await knex.schema.createTable('queue_processes', table => {
    table.comment('Processes that work on the queue, to find the dead ones');
    table.uuid('id').primary();
    table.jsonb('worker_pools').notNullable();
    table.timestamp('seen_at').notNullable().defaultTo(knex.fn.now());
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('queue_processes');
  await knex.schema.dropTable('webhook_deliveries');
  await knex.schema.dropTable('events');
  await knex.schema.raw('drop function provisioning_events_are_final');
  await knex.schema.dropTable('steps');
  await knex.schema.dropTable('runs');
  await knex.schema.dropTable('accounts');
  await knex.schema.dropTable('persons');
};
