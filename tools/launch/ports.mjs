import { createServer } from 'node:net';
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

/** Whether a command line is a part of `npm start` or `yarn dev`. */
const isFormulary = ({ command }) =>
  /packages\/(sandbox|backend)\/src|\.sandbox\/postgres/.test(command);

/**
 * @param ports - numbers by what is to listen there
 * @throws Problem that names every port that is taken, and by whom
 */
export async function checkPorts(ports = PORTS, ownerOf = listenerOf) {
  const taken = [];
  for (const [what, port] of Object.entries(ports)) {
    if (!(await isFree(port))) taken.push({ what, port, owner: ownerOf(port) });
  }
  if (taken.length === 0) return;
  const list = taken.map(
    ({ what, port, owner }) =>
      `${port} (${what}${owner ? `) by ${shortly(owner)}` : ')'}`,
  );
  throw new Problem(
    `In use already: port ${list.join(', ')}. ${advice(taken)}`,
  );
}

const shortly = ({ pid, command }) =>
  `process ${pid}, ${
    command.length > 60 ? `${command.slice(0, 60)}…` : command
  }`;

function advice(taken) {
  return taken.some(({ owner }) => owner && isFormulary(owner))
    ? 'Formulary is running already: use it, or stop it with Ctrl-C in its terminal (or end the processes named here) first.'
    : 'Stop what listens there and start again.';
}
