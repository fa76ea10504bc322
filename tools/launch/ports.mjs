import { createServer } from 'node:net';
import { basename } from 'node:path';
import { listenerOf } from './listeners.mjs';
import { Problem } from './problem.mjs';

/** Ports of `npm start`, by what listens there. */
export const PORTS = {
  'the portal': 7007,
  "the sandbox's Keycloak": 7201,
  "the sandbox's Gitea": 7202,
  "the sandbox's Coder": 7203,
  "the sandbox's Mattermost": 7204,
  "the sandbox's Twenty": 7205,
  "the sandbox's control API": 7206,
  "the sandbox's PostgreSQL": 7232,
};

/** Whether a server could listen on a port: of the loopback interface, and of all interfaces. */
export async function isFree(port) {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port));
}

function canListen(port, host) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', error =>
      // Without IPv6 there is no such address, and nobody on it either.
      resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'),
    );
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** Whether a process is a part of `npm start` or `yarn dev`, by its command line. */
const isFormulary = owner =>
  /packages\/(sandbox|backend)\/src|\.sandbox\/postgres/.test(
    owner?.command ?? '',
  );

/** A process in a few words: the program and its number. */
const shortly = ({ pid, command }) =>
  `${basename(command.split(' ')[0])}, process ${pid}`;

/**
 * Which ports are taken: `{ what, port, owner }` each, the owner as of `listenerOf`.
 *
 * @param ports - numbers by what is to listen there
 */
async function takenPorts(ports, ownerOf) {
  const taken = [];
  for (const [what, port] of Object.entries(ports)) {
    if (!(await isFree(port))) taken.push({ what, port, owner: ownerOf(port) });
  }
  return taken;
}

/** Numbers of the processes that hold the ports when all that are taken are Formulary's own; otherwise undefined. */
function runningFormulary(taken) {
  if (!taken.every(({ owner }) => isFormulary(owner))) return undefined;
  return [...new Set(taken.map(({ owner }) => owner.pid))];
}

/** Throws what is wrong with ports that are taken, unless Formulary itself runs there. */
function refuseStrangers(taken) {
  if (runningFormulary(taken)) return;
  const list = taken.map(
    ({ what, port, owner }) =>
      `${port} for ${what}${owner ? ` (by ${shortly(owner)})` : ''}`,
  );
  throw new Problem(
    `These ports are in use: ${list.join(
      '; ',
    )}. Stop what listens there and start again.`,
  );
}

/** @throws Problem that names every port that is taken, and by whom */
export async function checkPorts(ports = PORTS, ownerOf = listenerOf) {
  const taken = await takenPorts(ports, ownerOf);
  refuseStrangers(taken);
  const pids = runningFormulary(taken);
  if (pids.length === 0) return;
  throw new Problem(
    `Formulary is running already (processes ${pids.join(
      ', ',
    )}). Use it, or stop it with Ctrl-C in its terminal first.`,
  );
}

/**
 * What is to be said of the ports while nothing is wrong with them; undefined when all are free.
 *
 * @throws Problem when something else than Formulary listens there
 */
export async function describePorts(ports = PORTS, ownerOf = listenerOf) {
  const taken = await takenPorts(ports, ownerOf);
  refuseStrangers(taken);
  const pids = runningFormulary(taken);
  return pids.length > 0
    ? `Formulary is running (processes ${pids.join(', ')}).`
    : undefined;
}
