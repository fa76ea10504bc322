// @ts-check

/**
 * The beginning and the successful end of an attempt of a step, each in one
 * call: as a transaction of many statements, most of the time of a step goes
 * into the ways to and from the database while its run is locked. All rows are
 * found by their keys, so that a plan is good for every call and however many
 * rows there are; planning takes longer than the work.
 *
 * Jobs are added in the schema of the queue, which is made after the
 * migrations; a function looks for what it calls when it is called.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.raw(`
    create function provisioning_add_jobs(jobs jsonb) returns int
    language plpgsql
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    as $$
    declare
      added int;
    begin
      select count(*) into added from provisioning_worker.add_jobs(array(
        select (job->>'task', job->'payload', null,
          now() + coalesce((job->>'delayMs')::float8, 0) * interval '1 millisecond',
          job->'maxAttempts', job->>'key', job->'priority', null
        )::provisioning_worker.job_spec
        from jsonb_array_elements(jobs) as job));
      return added;
    end $$;

    create function provisioning_begin_attempt(attempted uuid) returns jsonb
    language plpgsql
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    as $$
    declare
      owner record;
      step steps;
    begin
      -- The run cannot change meanwhile, but others of its steps can begin.
      select runs.id, runs.person_id, runs.kind, runs.state, steps.service
        into owner
        from steps join runs on runs.id = steps.run_id
        where steps.id = attempted
        for share of runs;
      if not found then
        return null;
      end if;
      if owner.state = 'cancelled' then
        -- Its worker died with it, and the run was cancelled since.
        update steps
          set state = 'cancelled', outcome = null, message = null,
            next_attempt_at = null, finished_at = now()
          where id = attempted and state in ('pending', 'running', 'waiting');
        return null;
      end if;
      -- Nobody else works on the person's account.
      perform pg_advisory_xact_lock(hashtextextended(
        format('provisioning:%s:%s', owner.person_id, owner.service), 0));
      perform from runs
        join steps on steps.run_id = runs.id and steps.service = owner.service
        where runs.person_id = owner.person_id
          and steps.state = 'running' and steps.id <> attempted;
      if found then
        return '{"contended": true}';
      end if;
      update steps
        set state = 'running', attempts = attempts + 1,
          started_at = coalesce(started_at, now()), next_attempt_at = null
        where id = attempted and state in ('pending', 'running', 'waiting')
        returning * into step;
      if not found then
        return null;
      end if;
      insert into events (type, actor, person_id, run_id, service, message)
        values ('step.started', 'provisioning', owner.person_id, owner.id,
          owner.service, 'Attempt ' || step.attempts);
      return jsonb_build_object(
        'contended', false,
        'kind', owner.kind,
        'step', to_jsonb(step),
        'person', (
          select to_jsonb(persons) from persons where id = owner.person_id),
        'account', (
          select to_jsonb(accounts) from accounts
          where person_id = owner.person_id and service = owner.service),
        'entitlements', (
          select coalesce(jsonb_agg(to_jsonb(entitlements) order by id), '[]')
          from entitlements
          where person_id = owner.person_id and service = owner.service));
    end $$;

    create function provisioning_end_attempt(
      attempted uuid, observed jsonb, event jsonb, ended jsonb
    ) returns jsonb
    language plpgsql
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    as $$
    declare
      run runs;
      step steps;
      outcome_of_run text;
      job jsonb;
    begin
      select * into run from runs
        where id = (select run_id from steps where id = attempted)
        for update;
      update steps
        set state = 'succeeded', outcome = event->>'outcome', message = null,
          next_attempt_at = null, finished_at = now()
        where id = attempted and state in ('pending', 'running', 'waiting')
        returning * into step;
      if not found then
        return '{"done": false}';
      end if;
      insert into accounts (person_id, service, state, external_id, username,
          url, message, observed_at)
        values (run.person_id, step.service, observed->>'state',
          observed->>'externalId', observed->>'username', observed->>'url',
          observed->>'message', now())
        on conflict (person_id, service) do update
        set state = excluded.state, external_id = excluded.external_id,
          username = excluded.username, url = excluded.url,
          message = excluded.message, observed_at = excluded.observed_at;
      if observed->>'state' = 'removed' then
        delete from entitlements
          where person_id = run.person_id and service = step.service;
      end if;
      insert into events (type, actor, person_id, run_id, service, message,
          before, after)
        values ('step.succeeded', 'provisioning', run.person_id, run.id,
          step.service, event->>'message', event->'before', event->'after');
      perform from steps
        where run_id = run.id and state in ('pending', 'running', 'waiting');
      -- A run that was cancelled stays so, whatever its last step came to.
      if found or run.state <> 'running' then
        return '{"done": true}';
      end if;
      perform from steps where run_id = run.id and state = 'failed';
      outcome_of_run := case when found then 'failed' else 'succeeded' end;
      update runs set state = outcome_of_run, finished_at = now()
        where id = run.id;
      insert into events (type, actor, person_id, run_id, message)
        values ('run.' || outcome_of_run, 'provisioning', run.person_id,
          run.id, ended->outcome_of_run->>'message');
      job := ended->outcome_of_run->'job';
      if job is not null and not (
        (job->>'onlyFirst')::boolean and exists (
          select from runs as earlier join steps on steps.run_id = earlier.id
          where earlier.person_id = run.person_id and earlier.kind = 'onboard'
            and earlier.state = 'succeeded' and earlier.id <> run.id)
      ) then
        perform provisioning_add_jobs(jsonb_build_array(job));
      end if;
      return jsonb_build_object('done', true, 'ended', outcome_of_run);
    end $$;
  `);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.raw(`
    drop function provisioning_end_attempt;
    drop function provisioning_begin_attempt;
    drop function provisioning_add_jobs;
  `);
};
