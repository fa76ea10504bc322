// Runs Keycloak for as long as the journeys run. This process leads a process
// group, in which the script kc.sh and its Java are, too. When the journeys are
// gone, however they went, their end of the pipe to standard input closes, and
// the whole group ends. Keycloak's data is in memory: nothing is lost by force.
const { spawn } = require('node:child_process');

const [command, ...args] = process.argv.slice(2);
const endGroup = () => process.kill(-process.pid, 'SIGKILL');

process.stdin.resume().once('end', endGroup);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, endGroup);

spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  .once('error', error => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  })
  .once('exit', code => process.exit(code ?? 1));
