import { Problem } from './problem.mjs';

const LIMIT_MS = 10_000;

/**
 * Asks a service; a token is never part of what is thrown.
 *
 * @param given - what a service refuses that answers with 401
 */
export async function ask(service, url, init = {}, given = 'the token') {
  const { origin } = new URL(url);
  const response = await fetch(url, {
    ...init,
    redirect: 'error',
    signal: AbortSignal.timeout(LIMIT_MS),
  }).catch(() => {
    throw new Problem(`${service} at ${origin} does not answer.`);
  });
  const text = await response.text();
  if (response.status === 401) {
    throw new Problem(`${service} at ${origin} refuses ${given}.`);
  }
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    // A page instead of an answer: told by the status, or below as a service of another kind.
    body = undefined;
  }
  return { status: response.status, body };
}

/** The body of an answer that must be good. */
export function expectBody(service, { status, body }, what) {
  if (status !== 200 || typeof body !== 'object' || body === null) {
    throw new Problem(
      `${service} answers ${status} when asked for ${what}: is the address right?`,
    );
  }
  return body;
}

/** What a check has to say of what a token may do. @throws Problem that names what it lacks */
export function verdict(service, lacking, needless) {
  if (lacking.length > 0) {
    throw new Problem(
      `The token for ${service} is accepted, but lacks: ${lacking.join(', ')}.`,
    );
  }
  return needless.length > 0
    ? `accepted; more than is needed: ${needless.join(', ')}`
    : 'accepted, with the rights that are needed';
}
