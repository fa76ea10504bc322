import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { packageDirectory, resultsDirectory } from '../sandbox';
import { credentials, sandboxDirectory } from './sandbox';

const report = resolve(resultsDirectory, 'keycloak/contract.json');

interface JestReport {
  numPassedTests: number;
  testResults: Array<{
    message: string;
    assertionResults: Array<{ status: string; fullName: string }>;
  }>;
}

/** Runs the contract suite of Keycloak, the same that the stand-in passes; its report says how it went. */
function runContractSuite(): Promise<void> {
  const { url, clientSecret } = credentials().services.keycloak;
  return new Promise(done => {
    execFile(
      'yarn',
      [
        'backstage-cli',
        'package',
        'test',
        '--watch=false',
        '--json',
        `--outputFile=${report}`,
        'src/contract/keycloak.contract',
      ],
      {
        cwd: resolve(packageDirectory, '../sandbox'),
        env: {
          ...process.env,
          FORMULARY_CONTRACT_KEYCLOAK_URL: url,
          FORMULARY_CONTRACT_KEYCLOAK_TOKEN: clientSecret,
          FORMULARY_CONTRACT_KEYCLOAK_CREDENTIALS: join(
            sandboxDirectory,
            'credentials.json',
          ),
        },
      },
      () => done(),
    );
  });
}

test('Keycloak keeps the contract that its stand-in keeps', async () => {
  await runContractSuite();
  const { numPassedTests, testResults }: JestReport = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== 'passed')
      .map(({ fullName }) => fullName),
  );
  expect(failed, testResults.map(({ message }) => message).join('\n')).toEqual(
    [],
  );
  expect(numPassedTests).toBeGreaterThan(10);
});
