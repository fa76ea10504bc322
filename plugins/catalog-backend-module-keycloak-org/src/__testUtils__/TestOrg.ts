import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  TestProvider,
  TestSync,
} from '@formulary/organization-sync-test-utils';
import { keycloakNames, readProviderConfigs } from '../config';
import { createKeycloakProvider } from '../createKeycloakProvider';
import { FakeKeycloak } from './FakeKeycloak';

/** A provider between a fake Keycloak and a catalog that only keeps what it is given. */
export class TestOrg {
  private constructor(
    readonly keycloak: FakeKeycloak,
    private readonly test: TestSync,
  ) {}

  static async start(): Promise<TestOrg> {
    return new TestOrg(
      await FakeKeycloak.start(),
      await TestSync.start(keycloakNames.moduleId),
    );
  }

  get catalog() {
    return this.test.catalog;
  }

  get mutations() {
    return this.test.mutations;
  }

  get stops() {
    return this.test.stops;
  }

  get kept() {
    return this.test.kept;
  }

  get auditor() {
    return this.test.auditor;
  }

  get logger() {
    return this.test.logger;
  }

  get notify() {
    return this.test.notify;
  }

  get triggerTask() {
    return this.test.triggerTask;
  }

  get provider(): TestProvider {
    return this.test.provider;
  }

  /** Begins anew with an empty catalog. */
  async reset(settings: JsonObject = {}): Promise<void> {
    const { keycloak } = this;
    keycloak.users.splice(0);
    keycloak.groups.clear();
    keycloak.organizations = [];
    keycloak.maySeeOrganizations = true;
    keycloak.failWith();
    keycloak.asked.splice(0);
    const config = mockServices.rootConfig({
      data: {
        catalog: {
          providers: {
            keycloakOrg: { test: { ...keycloak.config, ...settings } },
          },
        },
      },
    });
    const [provider] = readProviderConfigs(config);
    await this.test.reset(services =>
      createKeycloakProvider(provider, services),
    );
  }

  /** Tells the provider of an event, as the webhook does, and waits until it is dealt with. */
  async event(
    type: string,
    about: { subjects?: string[]; username?: string } = {},
  ): Promise<void> {
    await this.test.event({ source: 'keycloak', type, subjects: [], ...about });
  }

  /** Refs in the catalog, sorted. */
  refs(): string[] {
    return this.test.refs();
  }

  /** Groups of a user in the catalog. */
  memberOf(name: string): unknown {
    return this.test.memberOf(name);
  }

  async stop(): Promise<void> {
    await this.test.stop();
    await this.keycloak.stop();
  }
}
