import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf, targetOf } from './facts.mjs';

const assertion = (status, ...titles) => ({
  status,
  ancestorTitles: titles.slice(0, -1),
  title: titles.at(-1),
});

test('facts are told with their source, by service, with what was not tried', () => {
  const report = {
    testResults: [
      {
        name: '/x/src/contract/gitea.contract.test.ts',
        assertionResults: [
          assertion('passed', 'Gitea', 'users', 'exist once: 422 (user.go)'),
          assertion('failed', 'Gitea', 'has a version'),
          assertion('pending', 'Gitea', 'log-in', 'lands'),
        ],
      },
      {
        name: '/x/src/contract/coder.contract.test.ts',
        assertionResults: [],
      },
    ],
  };
  assert.equal(
    factsOf(report, {}),
    [
      'coder, against the sandbox: 0 facts proved, 0 not true, 0 not tried',
      '',
      'gitea, against the sandbox: 1 facts proved, 1 not true, 1 not tried',
      '',
      '             fact                      source',
      '  proved     users › exist once: 422   user.go',
      '  NOT TRUE   has a version',
    ].join('\n'),
  );
});

test('a real target is told without its password', () => {
  const environment = {
    FORMULARY_CONTRACT_CODER_URL: 'https://me:secret@coder.example/x/',
  };
  assert.equal(targetOf('coder', environment), 'https://coder.example/x');
  assert.equal(targetOf('gitea', environment), 'the sandbox');
});
