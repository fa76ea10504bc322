import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  documentedRoutes,
  routesOf,
  wireFormat,
} from '@formulary/openapi-test-utils';
import {
  approvalDetailsSchema,
  approvalEventSchema,
  approvalListSchema,
  approvalSchema,
  approverSchema,
  cancelRequestSchema,
  decideRequestSchema,
  delegateRequestSchema,
  requireApprovalSchema,
  requiredApprovalSchema,
} from '@formulary/plugin-approvals-common';
import { parse } from 'yaml';
import { createRouter, RouterOptions } from '../http/router';

/** The wire format, by the names that the document gives it. */
const schemas = {
  Approval: approvalSchema,
  ApprovalList: approvalListSchema,
  ApprovalDetails: approvalDetailsSchema,
  ApprovalEvent: approvalEventSchema,
  Approver: approverSchema,
  RequireApproval: requireApprovalSchema,
  RequiredApproval: requiredApprovalSchema,
  DecideRequest: decideRequestSchema,
  CancelRequest: cancelRequestSchema,
  DelegateRequest: delegateRequestSchema,
};

describe('openapi.yaml', () => {
  const document = parse(
    readFileSync(resolve(__dirname, 'openapi.yaml'), 'utf8'),
  );

  it('has the wire format that is checked at both ends', () => {
    expect(document.components.schemas).toEqual(wireFormat(schemas));
  });

  it('has every route and no other', () => {
    const routes = routesOf(createRouter({} as RouterOptions));
    expect(documentedRoutes(document).sort()).toEqual(routes.sort());
  });
});
