import { Entitlement } from '@formulary/plugin-provisioning-common';
import {
  ConnectorEntitlements,
  EntitledAccount,
  ObservedEntitlement,
} from '@formulary/plugin-provisioning-node';
import { z } from 'zod';

/** Teams, repositories and workspaces in memory, whose next changes can be made to fail. */
export class FakeEntitlements implements ConnectorEntitlements {
  readonly schema = z
    .strictObject({
      teams: z.array(z.string()).default([]),
      repositories: z
        .array(z.strictObject({ name: z.string(), permission: z.string() }))
        .default([]),
      workspaces: z.array(z.string()).default([]),
    })
    .transform(({ teams, repositories, workspaces }): Entitlement[] => [
      ...teams.map(name => ({ kind: 'team', name })),
      ...repositories.map(({ name, permission }) => ({
        kind: 'repository',
        name,
        level: permission,
      })),
      ...workspaces.map(name => ({ kind: 'workspace', name, once: true })),
    ]);
  readonly levels = ['read', 'write', 'admin'];
  /** What there is, such as `bob: team acme`, with its level. */
  readonly held = new Map<string, string | undefined>();
  /** Every change that was made, in order. */
  readonly changes: string[] = [];
  /** What happens before the next changes, one each. */
  private readonly next: Array<() => Promise<void> | void> = [];

  willDo(...behaviours: Array<() => Promise<void> | void>): void {
    this.next.push(...behaviours);
  }

  /** What there is of everybody, in alphabetical order. */
  all(): string[] {
    return [...this.held]
      .map(([what, level]) => (level ? `${what} (${level})` : what))
      .sort();
  }

  async look(
    to: EntitledAccount,
    entitlement: Entitlement,
  ): Promise<ObservedEntitlement> {
    const key = keyOf(to, entitlement);
    return { there: this.held.has(key), level: this.held.get(key) };
  }

  async give(to: EntitledAccount, entitlement: Entitlement): Promise<void> {
    await this.next.shift()?.();
    const key = keyOf(to, entitlement);
    this.changes.push(`give ${key}`);
    this.held.set(key, entitlement.level);
  }

  async take(from: EntitledAccount, entitlement: Entitlement): Promise<void> {
    await this.next.shift()?.();
    const key = keyOf(from, entitlement);
    this.changes.push(`take ${key}`);
    this.held.delete(key);
  }
}

function keyOf({ person }: EntitledAccount, { kind, name }: Entitlement) {
  return `${person.username}: ${kind} ${name}`;
}
