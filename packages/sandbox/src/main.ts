import { dirname, resolve } from 'node:path';
import { loadCredentials } from './core/credentials';
import { parseOptions } from './core/options';
import { startSandbox } from './sandbox';

async function main() {
  const options = parseOptions(
    process.argv.slice(2),
    resolve(dirname(require.resolve('../package.json')), '../..'),
  );
  if (options.credentialsOnly) {
    loadCredentials(options);
    return;
  }
  const sandbox = await startSandbox(options, message => console.log(message));

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await sandbox.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (options.stopWithParent) process.stdin.resume().on('end', stop);

  // The launcher and the tests wait for exactly this line.
  console.log('sandbox ready');
}

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
