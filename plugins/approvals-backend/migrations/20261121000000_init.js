// @ts-check

/**
 * Requests, who may decide them, and what happened.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('requests', table => {
    table.comment('Approvals that tasks asked for');
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('state').notNullable();
    table.text('requester').notNullable();
    table.text('organisation').notNullable();
    table.text('template_ref').notNullable();
    table.text('step_id').notNullable();
    table.text('task_id').notNullable();
    table.text('title').notNullable();
    table.text('reason').notNullable();
    table.double('cost').nullable();
    table.jsonb('services').notNullable();
    table.jsonb('preview').notNullable();
    table.jsonb('parameters').notNullable().comment('Without secrets');
    table.jsonb('omitted').notNullable();
    table.text('rule').notNullable();
    table.boolean('delegation').notNullable();
    table.bigInteger('expiry_ms').notNullable();
    table.bigInteger('reminder_ms').nullable();
    table.text('plan_hash').notNullable();
    table.jsonb('plan_parts').notNullable();
    table.uuid('previous_id').nullable();
    table.jsonb('differences').notNullable();
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('expires_at').notNullable();
    table.timestamp('remind_at').nullable();
    table.text('decided_by').nullable();
    table.timestamp('decided_at').nullable();
    table.text('decision_reason').nullable();
    table.text('used_by_task').nullable();
    table.index(['requester', 'created_at']);
    table.index(['state', 'expires_at']);
    table.index('created_at');
  });
  // One plan is asked for once at a time, however many tasks ask together.
  await knex.raw(
    `create unique index requests_pending_once on requests (requester, template_ref, plan_hash) where state = 'pending'`,
  );
  await knex.schema.createTable('approvers', table => {
    table.comment('Who may decide a request');
    table
      .uuid('request_id')
      .notNullable()
      .references('requests.id')
      .onDelete('cascade');
    table.text('ref').notNullable().comment('Of a user or group');
    table
      .boolean('named')
      .notNullable()
      .comment('By the rule, whatever their organisation');
    table.text('delegated_by').nullable();
    table.primary(['request_id', 'ref']);
    table.index('ref');
  });
  await knex.schema.createTable('events', table => {
    table.comment('What happened, only ever added to');
    table.bigIncrements('id');
    table.uuid('request_id').notNullable();
    table.timestamp('at').notNullable().defaultTo(knex.fn.now());
    table.text('type').notNullable();
    table.text('actor').notNullable();
    table.text('message').notNullable();
    table.index(['request_id', 'id']);
  });
  await knex.raw(`
    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'what happened is only ever added to';
    end $$`);
  await knex.raw(`
    create trigger events_stay before update or delete on events
    for each row execute function refuse_change()`);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('events');
  await knex.raw('drop function refuse_change()');
  await knex.schema.dropTable('approvers');
  await knex.schema.dropTable('requests');
};
