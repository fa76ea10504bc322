import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  approvalSchema,
  RequireApproval,
  RequiredApproval,
} from '@formulary/plugin-approvals-common';
import { Announcer } from './announcing/Announcer';
import { ApprovalsDatabase, Stores } from './database/ApprovalsDatabase';
import { BY_ITSELF } from './database/EventStore';
import { NewRequest, PlanOwner } from './database/RequestStore';
import { StoredRequest } from './database/StoredRequest';
import { ApproverFinder } from './people/ApproverFinder';
import { Directory, Membership } from './people/Directory';
import { differencesOf, planOf } from './plan/Plan';
import { TaskInHand, TaskReader } from './plan/TaskReader';
import { withoutSecrets } from './plan/withoutSecrets';
import { firstMatch, Rule } from './rules/Rule';

/** Requests that have run out are few for one plan. */
const EXPIRE_LIMIT = 100;

/** Lets tasks go on, or has them ask for an approval. */
export class Gate {
  constructor(
    private readonly options: {
      rules: Rule[];
      database: ApprovalsDatabase;
      directory: Directory;
      approvers: ApproverFinder;
      tasks: TaskReader;
      announcer: Announcer;
    },
  ) {}

  /**
   * Whether a task of a user may go on. An approval of just this plan is used
   * up by it; a task that comes back after a crash or is retried goes on with
   * the one that it has used.
   *
   * @throws InputError when an approval is needed and nobody may give it
   */
  async require(
    userRef: string,
    asked: RequireApproval,
    credentials: BackstageCredentials,
  ): Promise<RequiredApproval> {
    const { database, directory, tasks, announcer } = this.options;
    const task = await tasks.read(asked.taskId, userRef, credentials);
    const requester = await directory.membershipOf(userRef);
    if (!requester) {
      throw new InputError(
        `${userRef} is not in the catalog, so it cannot be told who may approve. Ask an administrator of the portal`,
      );
    }
    const organisation = requester.organisations[0] ?? '';
    const rule = await this.ruleFor(task, asked, requester, organisation);
    if (!rule) return { outcome: 'notNeeded' };

    const { kept, omitted } = withoutSecrets(task.parameters);
    const plan = planOf(task, asked, rule, kept);
    const owner: PlanOwner = {
      requester: requester.userRef,
      templateRef: task.templateRef,
      stepId: asked.stepId,
    };
    const used = await this.use(owner, plan.hash, asked.taskId);
    if (used) {
      await announcer.changed(used);
      return answer('approved', used);
    }
    const approvers = await this.options.approvers.find(rule, {
      requester,
      organisation,
      templateRef: task.templateRef,
    });
    const { request, created } = await database.transaction(stores =>
      this.ask(stores, owner, {
        requester: requester.userRef,
        organisation,
        task,
        asked,
        parameters: kept,
        omitted: [...omitted, ...(asked.secretKeys ?? [])],
        rule,
        plan,
        approvers,
      }),
    );
    if (created) await announcer.asked(request);
    return answer('pending', request);
  }

  private async ruleFor(
    task: TaskInHand,
    asked: RequireApproval,
    requester: Membership,
    organisation: string,
  ): Promise<Rule | undefined> {
    const { rules, directory } = this.options;
    const formulas = rules
      .flatMap(({ match }) => match.templates ?? [])
      .filter(ref => ref.startsWith('formula:'));
    return firstMatch(rules, {
      templateRef: task.templateRef,
      formulaRefs: await directory.formulasOf(task.templateRef, [
        ...new Set(formulas),
      ]),
      usedRefs: await directory.withTemplates(asked.formulas ?? []),
      services: asked.services ?? [],
      requesterRefs: requester.refs,
      organisation,
      cost: asked.cost,
    });
  }

  private async use(
    owner: PlanOwner,
    planHash: string,
    taskId: string,
  ): Promise<StoredRequest | undefined> {
    return this.options.database.transaction(async stores => {
      const before = await stores.requests.usedBy(owner, planHash, taskId);
      if (before) return stores.requests.get(before);
      const id = await stores.requests.use(owner, planHash, taskId);
      if (!id) return undefined;
      await stores.events.add({
        requestId: id,
        type: 'request.used',
        actor: owner.requester,
        message: `Task ${taskId} went on with it`,
      });
      return stores.requests.get(id);
    });
  }

  /** Stores a request, or finds the one that is pending for the same plan. */
  private async ask(
    { requests, events }: Stores,
    owner: PlanOwner,
    request: NewRequest,
  ): Promise<{ request: StoredRequest; created: boolean }> {
    const { plan } = request;
    for (const { id } of await requests.expire(EXPIRE_LIMIT, plan.hash)) {
      await events.add(expired(id));
    }
    const previous = await requests.findByPlan(owner, 'approved');
    const differences = previous
      ? differencesOf(previous.planParts, plan.parts)
      : [];
    const id = await requests.create({
      ...request,
      previous: previous && { id: previous.id, differences },
    });
    if (!id) {
      const pending = await requests.findByPlan(owner, 'pending', plan.hash);
      // It was there a moment ago, and was decided since: the next try sees how.
      if (!pending) {
        throw new InputError(
          'The approval was decided just now. Start the task again',
        );
      }
      return { request: pending, created: false };
    }
    await events.add({
      requestId: id,
      type: 'request.created',
      actor: owner.requester,
      message: `Asked for by task ${request.task.taskId}, because of the rule "${request.rule.name}"`,
    });
    // Other parameters may be a second thing that is wanted; but what stands on
    // a template or rule that has changed fits nothing any more.
    if (
      previous &&
      differences.some(part => part === 'template' || part === 'rule') &&
      (await requests.change(previous.id, {
        from: ['approved'],
        to: 'expired',
      }))
    ) {
      await events.add({
        requestId: previous.id,
        type: 'request.expired',
        actor: BY_ITSELF,
        message: `The plan does not hold any more (${differences.join(
          ', ',
        )}); it is asked for anew`,
      });
    }
    return { request: await requests.get(id), created: true };
  }
}

/** What is remembered of a request that has run out. */
export function expired(requestId: string) {
  return {
    requestId,
    type: 'request.expired' as const,
    actor: BY_ITSELF,
    message: 'Its time ran out',
  };
}

function answer(
  outcome: 'approved' | 'pending',
  request: StoredRequest,
): RequiredApproval {
  return {
    outcome,
    // Leaves out what is not listed.
    approval: approvalSchema.parse(request),
    approvers: request.approvers.map(({ ref }) => ref),
    differences: request.differences,
  };
}
