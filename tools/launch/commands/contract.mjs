import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, nodeArguments } from '../children.mjs';
import { factsOf } from '../facts.mjs';
import { prepare } from '../prepare.mjs';
import { toolchainEnvironment } from '../toolchain.mjs';

/**
 * `yarn test:contract [service …] [Jest's own options]`: the contract suites,
 * or those of some services, against the sandbox or the servers that
 * `FORMULARY_CONTRACT_<SERVICE>_URL` and `_TOKEN` name; at the end, which facts
 * were proved against which of them.
 */
export async function run() {
  const { node, yarn } = await prepare();
  const args = process.argv.slice(2);
  const isOption = argument => argument.startsWith('-');
  const services = args.filter(argument => !isOption(argument));
  const suites = services.map(service => `src/contract/${service}.contract`);
  const folder = mkdtempSync(join(tmpdir(), 'formulary-contract-'));
  const report = join(folder, 'jest.json');
  const child = new Child(
    node,
    nodeArguments([
      yarn,
      'workspace',
      '@formulary/sandbox',
      'test',
      '--watch=false',
      '--json',
      `--outputFile=${report}`,
      ...args.filter(isOption),
      ...(suites.length > 0 ? suites : ['src/contract/']),
    ]),
    { env: toolchainEnvironment(), stdio: ['inherit', 'inherit'] },
  );
  const code = await child.ended;
  if (existsSync(report)) {
    const facts = factsOf(
      JSON.parse(readFileSync(report, 'utf8')),
      process.env,
    );
    process.stdout.write(`\n${facts}\n`);
  }
  rmSync(folder, { recursive: true });
  return code === 0 ? 0 : 1;
}
