import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  documentedRoutes,
  routesOf,
  wireFormat,
} from '@formulary/openapi-test-utils';
import {
  accountSchema,
  auditEventListSchema,
  auditEventSchema,
  bulkGroupRequestSchema,
  bulkJobListSchema,
  bulkJobSchema,
  bulkLineListSchema,
  bulkLineSchema,
  bulkPersonsRequestSchema,
  bulkPreviewLineSchema,
  bulkPreviewSchema,
  appliedDriftsSchema,
  applyRequestSchema,
  deliveryListSchema,
  entitlementPlanSchema,
  entitlementPreviewRequestSchema,
  entitlementReasonSchema,
  plannedEntitlementSchema,
  plannedServiceSchema,
  ruleVerdictSchema,
  deliverySchema,
  driftCountSchema,
  driftListSchema,
  driftSchema,
  eventListSchema,
  eventSchema,
  offboardRequestSchema,
  onboardRequestSchema,
  personEntrySchema,
  personLifecycleSchema,
  personListSchema,
  personSchema,
  personStatusSchema,
  prepareRequestSchema,
  reconciledServiceSchema,
  reconciliationListSchema,
  reconciliationSchema,
  requestedRunSchema,
  rollbackAccountSchema,
  rollbackPreviewSchema,
  runListSchema,
  runSchema,
  serviceInfoListSchema,
  serviceInfoSchema,
  serviceListSchema,
  serviceStatusSchema,
  stepSchema,
} from '@formulary/plugin-provisioning-common';
import { parse } from 'yaml';
import { createRouter } from '../http/router';
import { RouterOptions } from '../http/RouterOptions';
import { Precedence } from '../queue/Precedence';
import { createWebhookRouter } from '../webhooks/router';
import { Webhook } from '../webhooks/Webhook';
import { webhookSources } from '../webhooks/WebhookSource';

const file = resolve(__dirname, 'openapi.yaml');

/** The wire format, by the names that the document gives it. */
const schemas = {
  Person: personSchema,
  PersonLifecycle: personLifecycleSchema,
  PersonEntry: personEntrySchema,
  Account: accountSchema,
  ServiceInfo: serviceInfoSchema,
  ServiceStatus: serviceStatusSchema,
  Step: stepSchema,
  Run: runSchema,
  RollbackAccount: rollbackAccountSchema,
  RollbackPreview: rollbackPreviewSchema,
  Event: eventSchema,
  PersonStatus: personStatusSchema,
  RequestedRun: requestedRunSchema,
  PrepareRequest: prepareRequestSchema,
  OnboardRequest: onboardRequestSchema,
  OffboardRequest: offboardRequestSchema,
  Delivery: deliverySchema,
  DeliveryList: deliveryListSchema,
  RunList: runListSchema,
  PersonList: personListSchema,
  EventList: eventListSchema,
  ServiceList: serviceListSchema,
  ServiceInfoList: serviceInfoListSchema,
  BulkPreviewLine: bulkPreviewLineSchema,
  BulkPreview: bulkPreviewSchema,
  BulkGroupRequest: bulkGroupRequestSchema,
  BulkPersonsRequest: bulkPersonsRequestSchema,
  BulkJob: bulkJobSchema,
  BulkJobList: bulkJobListSchema,
  BulkLine: bulkLineSchema,
  BulkLineList: bulkLineListSchema,
  AuditEvent: auditEventSchema,
  AuditEventList: auditEventListSchema,
  Drift: driftSchema,
  DriftCount: driftCountSchema,
  DriftList: driftListSchema,
  ReconciledService: reconciledServiceSchema,
  Reconciliation: reconciliationSchema,
  ReconciliationList: reconciliationListSchema,
  ApplyRequest: applyRequestSchema,
  AppliedDrifts: appliedDriftsSchema,
  EntitlementReason: entitlementReasonSchema,
  PlannedEntitlement: plannedEntitlementSchema,
  PlannedService: plannedServiceSchema,
  RuleVerdict: ruleVerdictSchema,
  EntitlementPlan: entitlementPlanSchema,
  EntitlementPreviewRequest: entitlementPreviewRequestSchema,
};

describe('openapi.yaml', () => {
  const document = parse(readFileSync(file, 'utf8'));

  it('has the wire format that is checked at both ends', () => {
    expect(document.components.schemas).toEqual(wireFormat(schemas));
  });

  it('has every route and no other', () => {
    const unused = {} as RouterOptions;
    const routes = [
      ...routesOf(createRouter(unused)),
      ...routesOf(
        createWebhookRouter(
          webhookSources.map(
            ({ id }) => ({ path: `/webhooks/${id}` } as Webhook),
          ),
          { refusedPerMinute: 1, precedence: new Precedence() },
        ),
      ),
    ];
    expect(documentedRoutes(document).sort()).toEqual(routes.sort());
  });
});
