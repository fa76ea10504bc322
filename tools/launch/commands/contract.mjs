import { Child, nodeArguments } from '../children.mjs';
import { prepare } from '../prepare.mjs';
import { toolchainEnvironment } from '../toolchain.mjs';

/**
 * `yarn test:contract [service …] [Jest's own options]`: the contract suites,
 * or those of some services, against the sandbox or the servers that
 * `FORMULARY_CONTRACT_<SERVICE>_URL` and `_TOKEN` name.
 */
export async function run() {
  const { node, yarn } = await prepare();
  const args = process.argv.slice(2);
  const isOption = argument => argument.startsWith('-');
  const services = args.filter(argument => !isOption(argument));
  const suites = services.map(service => `src/contract/${service}.contract`);
  const child = new Child(
    node,
    nodeArguments([
      yarn,
      'workspace',
      '@formulary/sandbox',
      'test',
      '--watch=false',
      ...args.filter(isOption),
      ...(suites.length > 0 ? suites : ['src/contract/']),
    ]),
    { env: toolchainEnvironment(), stdio: ['inherit', 'inherit'] },
  );
  return (await child.ended) === 0 ? 0 : 1;
}
