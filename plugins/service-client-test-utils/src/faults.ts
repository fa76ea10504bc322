import { ServiceErrorKind } from '@formulary/service-client-node';
import { Turn } from './ScriptedServer';

/** How a service's own refusals look on the wire. */
export interface Refusals {
  /** To a token that is wrong or expired. */
  unauthorized: Turn;
  /** To a good token that may not do it. */
  forbidden: Turn;
}

/** One thing that can go wrong, and what a client has to say about it. */
export interface Fault {
  what: string;
  turn: Turn;
  kind: ServiceErrorKind;
  /** Cause and next step, in this order. */
  says: Array<string | RegExp>;
}

const PAGE = '<!DOCTYPE html><html><title>Welcome to nginx!</title></html>';

/** The faults over plain HTTP that every client must tell apart. */
export function faultsOf(configKey: string, refusals: Refusals): Fault[] {
  const foreign = [
    /not what its API promises/,
    `(${configKey}.baseUrl) is the service's own`,
  ];
  return [
    {
      what: 'an expired token',
      turn: refusals.unauthorized,
      kind: 'unauthorized',
      says: [`The token in ${configKey}.token is wrong or expired`],
    },
    {
      what: 'a token without the rights',
      turn: refusals.forbidden,
      kind: 'forbidden',
      says: [`what the account of ${configKey}.token may do`],
    },
    {
      what: 'the 404 page of something else',
      turn: { status: 404, body: PAGE },
      kind: 'unexpected-response',
      says: ['HTTP 404', 'Welcome to nginx', ...foreign],
    },
    {
      what: 'the 404 of another API',
      turn: { status: 404, body: '{"title":"No such route","status":404}' },
      kind: 'unexpected-response',
      says: ['No such route', ...foreign],
    },
    {
      what: 'a page instead of JSON',
      turn: { status: 200, body: PAGE },
      kind: 'unexpected-response',
      says: ['Welcome to nginx', ...foreign],
    },
    {
      what: "another service's JSON",
      turn: { status: 200, body: '{"jsonrpc":"2.0","result":null}' },
      kind: 'unexpected-response',
      says: ['jsonrpc', ...foreign],
    },
    {
      what: 'an empty body',
      turn: { status: 200, body: '' },
      kind: 'unexpected-response',
      says: ['an empty body', ...foreign],
    },
    {
      what: 'JSON that breaks off',
      turn: { status: 200, body: '{"id":7,"na' },
      kind: 'unexpected-response',
      says: ['{"id":7,"na', ...foreign],
    },
    {
      what: 'a redirect',
      turn: {
        status: 301,
        headers: { Location: 'https://elsewhere.example/' },
      },
      kind: 'unexpected-response',
      says: [
        'redirects to https://elsewhere.example/',
        `Use that address in ${configKey}.baseUrl`,
      ],
    },
    {
      what: 'too many calls',
      turn: {
        status: 429,
        headers: { 'Retry-After': '90' },
        body: 'limit exceeded\n',
      },
      kind: 'rate-limited',
      says: [/limit exceeded|429|too many/, 'Try again in 90 s'],
    },
    ...[500, 502, 503].map<Fault>(status => ({
      what: `a ${status}`,
      turn: { status, body: 'upstream is gone' },
      kind: 'unavailable',
      says: [`HTTP ${status}`, 'upstream is gone', 'Try again later'],
    })),
    {
      what: 'a connection that is reset',
      turn: 'drop',
      kind: 'unavailable',
      says: ['the connection failed', 'Try again'],
    },
    {
      what: 'an answer that is cut off',
      turn: 'cut',
      kind: 'unavailable',
      says: ['the connection failed', 'Try again'],
    },
    {
      what: 'no answer in time',
      turn: 'hang',
      kind: 'unavailable',
      says: ['no answer within', 'Try again'],
    },
  ];
}
