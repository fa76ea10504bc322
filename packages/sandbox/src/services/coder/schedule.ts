const MINUTE_MS = 60_000;

/**
 * What is wrong with an autostart schedule, as coderd/schedule/cron does:
 * `CRON_TZ=<zone> <minute> <hour> * * <days of week>`.
 */
export function scheduleProblem(schedule: string): string | undefined {
  const parts = schedule.trim().split(/\s+/);
  const zone = /^(?:CRON_TZ|TZ)=(\S+)$/.exec(parts[0])?.[1];
  const fields = zone ? parts.slice(1) : parts;
  if (fields.length !== 5) {
    return 'validate weekly schedule: expected schedule to consist of 5 fields with an optional CRON_TZ=<timezone> prefix';
  }
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields;
  if (dayOfMonth !== '*') {
    return 'validate weekly schedule: expected day-of-month to be *';
  }
  if (month !== '*') return 'validate weekly schedule: expected month to be *';
  const numbers = [
    [minute, 59],
    [hour, 23],
  ] as const;
  const wrong = numbers.find(
    ([field, max]) =>
      field !== '*' && !(/^\d{1,2}$/.test(field) && Number(field) <= max),
  );
  if (wrong) return `parse schedule: failed to parse int from ${wrong[0]}`;
  if (!/^(\*|[0-7a-zA-Z]+([-,][0-7a-zA-Z]+)*)$/.test(dayOfWeek)) {
    return `parse schedule: failed to parse int from ${dayOfWeek}`;
  }
  if (zone && !isZone(zone)) {
    return `parse schedule: provided bad location ${zone}: unknown time zone ${zone}`;
  }
  return undefined;
}

/** What is wrong with a time to shutdown (validWorkspaceTTLMillis). */
export function ttlProblem(ttlMs: number): string | undefined {
  if (ttlMs === 0) return undefined;
  if (ttlMs < MINUTE_MS)
    return 'time until shutdown must be at least one minute';
  return ttlMs > 30 * 24 * 60 * MINUTE_MS
    ? 'time until shutdown must be less than 30 days'
    : undefined;
}

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    // RangeError is how Intl says that it does not know a zone.
    return false;
  }
}
