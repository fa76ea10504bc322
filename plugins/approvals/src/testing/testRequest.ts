import type { ApprovalDetails } from '@formulary/plugin-approvals-common';

const now = new Date().toISOString();

/** Bob's request, which waits. */
export const testRequest: ApprovalDetails = {
  id: '5f2c1d7e-0000-4000-8000-000000000001',
  state: 'pending',
  title: 'GPUs for spirals',
  reason: 'Do wider networks need fewer examples?',
  requester: 'user:default/bob',
  organisation: 'acme',
  templateRef: 'template:default/ml-research',
  rule: 'gpu',
  cost: 640,
  services: ['coder'],
  createdAt: now,
  expiresAt: now,
  preview: ['A workspace with 2 GPUs'],
  parameters: { gpu: 2, name: 'spirals' },
  omitted: [],
  planHash: 'abc',
  taskId: '5f2c1d7e-0000-4000-8000-00000000000a',
  approvers: [{ ref: 'group:default/acme-leads' }],
  history: [
    {
      id: '1',
      at: now,
      type: 'request.created',
      actor: 'user:default/bob',
      message: 'Asked for by a task',
    },
  ],
  may: { decide: false, delegate: false, cancel: false, start: false },
};
