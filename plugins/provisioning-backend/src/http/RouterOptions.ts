import { AuditorService } from '@backstage/backend-plugin-api';
import { BulkJobs } from '../bulk/BulkJobs';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { DefaultRules } from '../defaults/DefaultRules';
import { EntitlementPlanner } from '../defaults/EntitlementPlanner';
import { ConnectorRegistry } from '../engine/ConnectorRegistry';
import { Offboarding } from '../engine/Offboarding';
import { Provisioning } from '../engine/Provisioning';
import { Rollback } from '../engine/Rollback';
import { PersonResolver } from '../identity/PersonResolver';
import { DriftMender } from '../reconcile/DriftMender';
import { Reconciler } from '../reconcile/Reconciler';
import { Access } from './Access';
import { ServiceHealthReader } from './ServiceHealthReader';

/** What the REST API is made of. */
export interface RouterOptions {
  access: Access;
  auditor: AuditorService;
  database: ProvisioningDatabase;
  connectors: ConnectorRegistry;
  bulk: BulkJobs;
  provisioning: Provisioning;
  offboarding: Offboarding;
  rollback: Rollback;
  persons: PersonResolver;
  defaults: DefaultRules;
  plans: EntitlementPlanner;
  reconciler: Reconciler;
  mender: DriftMender;
  health: ServiceHealthReader;
}
