import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskTimes } from './formulaTask.mjs';

const at = ms => new Date(Date.UTC(2030, 0, 1) + ms).toISOString();
const log = (ms, stepId, status) => ({
  type: 'log',
  createdAt: at(ms),
  body: { stepId, status, message: '' },
});

test('times are from the creation to the completion, and of each step from begin to end', () => {
  const task = {
    createdAt: at(0),
    spec: { steps: [{ id: 'files' }, { id: 'repository' }] },
  };
  const events = [
    log(40, 'files', 'processing'),
    log(50, 'files', undefined),
    log(60, 'files', 'completed'),
    log(70, 'repository', 'processing'),
    log(270, 'repository', 'completed'),
    { type: 'completion', createdAt: at(300), body: { message: 'done' } },
  ];
  assert.deepEqual(taskTimes(task, events), {
    task: 300,
    steps: { files: 20, repository: 200 },
  });
});
