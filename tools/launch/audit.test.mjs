import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditDependencies, judge } from './audit.mjs';

const line = (name, id, severity = 'high') =>
  JSON.stringify({
    value: name,
    children: {
      ID: 1,
      Issue: 'Does what it should not',
      URL: `https://github.com/advisories/${id}`,
      Severity: severity,
      'Vulnerable Versions': '<2',
      'Tree Versions': ['1.0.0', '1.1.0'],
      Dependents: ['backend@workspace:packages/backend'],
    },
  });
const found = (...lines) => ({ passed: false, output: lines.join('\n') });
const allowed = [
  { id: 'GHSA-aaaa', why: 'Only its parser is used', until: '2027-01-31' },
];

test('an advisory that nobody has reviewed fails, and is named', () => {
  const { ran, passed, lines } = judge(
    found(line('left', 'GHSA-bbbb', 'critical')),
    [],
    '2026-12-01',
  );
  assert.deepEqual({ ran, passed }, { ran: true, passed: false });
  assert.match(lines[0], /critical GHSA-bbbb in left 1\.0\.0, 1\.1\.0/);
});

test('a reviewed advisory does not fail until its day', () => {
  const audit = found(line('left', 'GHSA-aaaa'));
  assert.equal(judge(audit, allowed, '2027-01-30').passed, true);
  assert.equal(judge(audit, allowed, '2027-01-31').passed, false);
});

test('a reviewed advisory does not excuse another one', () => {
  const audit = found(line('left', 'GHSA-aaaa'), line('left', 'GHSA-bbbb'));
  assert.equal(judge(audit, allowed, '2026-12-01').passed, false);
});

test('an entry for nothing is said, and fails nothing', () => {
  const { passed, lines } = judge(
    { passed: true, output: '' },
    allowed,
    '2026-12-01',
  );
  assert.equal(passed, true);
  assert.match(lines[0], /GHSA-aaaa .* for nothing/);
});

test('no answer is told as none, with the reason, and is no pass', () => {
  const output = [
    '➤ YN0035: The remote server failed to provide the requested resource',
    '➤ YN0035:   Response Code: 405 (Method Not Allowed)',
  ].join('\n');
  const { ran, passed, lines } = judge(found(output), [], '2026-12-01');
  assert.deepEqual({ ran, passed }, { ran: false, passed: false });
  assert.equal(lines.length, 1);
  assert.match(lines[0], /^Did not run: .*405/);
});

test('the stage counts no answer as skipped, and an advisory as failed', async () => {
  const counts = audit => auditDependencies({}, async () => audit);
  assert.deepEqual(await counts(found('➤ YN0001: RequestError')), {
    passed: 0,
    failed: 0,
    skipped: 1,
  });
  assert.equal((await counts(found(line('left', 'GHSA-cccc')))).failed, 1);
  assert.equal((await counts({ passed: true, output: '' })).passed, 1);
});
