const SHOWN_CHARACTERS = 200;

/** What is expected of a portal that starts on a person's own machine. */
const EXPECTED = [
  // True of a deployment, but not here.
  /is set to a localhost URL/,
  // A plugin that is ready before the events plugin says this, and tries again.
  /^Event subscribe request failed with status 404/,
];

/**
 * The one line that a person sees of a line of the backend's log, which has
 * the rest: a warning or an error; undefined for anything else.
 */
export function troubleOf(line) {
  if (!line.startsWith('{')) return undefined;
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    // Not a log entry but something that a library printed.
    return undefined;
  }
  const { level, message, plugin = entry.service } = entry;
  if (level !== 'warn' && level !== 'error') return undefined;
  const text = String(message).split('\n')[0];
  if (EXPECTED.some(pattern => pattern.test(text))) return undefined;
  return `${level === 'warn' ? 'warning' : 'error'} of ${plugin}: ${
    text.length > SHOWN_CHARACTERS
      ? `${text.slice(0, SHOWN_CHARACTERS)}…`
      : text
  }`;
}

const QUIET_MS = 60_000;

/** Leaves out what was said within the last minute, numbers aside: what repeats itself is in the log. */
export function withoutRepeats(show, now = Date.now) {
  const shownAt = new Map();
  return text => {
    const kind = text.replace(/\d+/g, '');
    if (now() - (shownAt.get(kind) ?? -Infinity) < QUIET_MS) return;
    shownAt.set(kind, now());
    show(text);
  };
}
