import { InputError } from '@backstage/errors';
import { Rule } from '../rules/Rule';
import { Directory, Membership } from './Directory';

/** Somebody who may decide. */
export interface FoundApprover {
  /** Ref of a user or group. */
  ref: string;
  /** Whether the rule names them: then they may be of another organisation. */
  named: boolean;
}

/** Finds out who may decide by a rule. */
export class ApproverFinder {
  constructor(
    private readonly directory: Directory,
    /** The group of an organisation's admins. */
    private readonly adminsOf?: (organisation: string) => string,
  ) {}

  /**
   * Who may decide; never the requester.
   *
   * @throws InputError when that is nobody
   */
  async find(
    { name, approvers }: Rule,
    request: {
      requester: Membership;
      organisation: string;
      templateRef: string;
    },
  ): Promise<FoundApprover[]> {
    const found = new Map<string, FoundApprover>();
    for (const ref of await this.byRole(approvers, request)) {
      if (
        (await this.directory.organisationsOf(ref)).includes(
          request.organisation,
        )
      ) {
        found.set(ref, { ref, named: false });
      }
    }
    for (const ref of [...approvers.users, ...approvers.groups]) {
      found.set(ref, { ref, named: true });
    }
    found.delete(request.requester.userRef);
    if (found.size === 0) {
      throw new InputError(
        `The rule "${name}" wants an approval, but nobody in ${
          request.organisation || 'no organisation'
        } may give it to ${
          request.requester.userRef
        }. Ask an administrator of the portal to name approvers in approvals.rules`,
      );
    }
    return [...found.values()];
  }

  private async byRole(
    { ownersOf, organisationAdmins }: Rule['approvers'],
    {
      organisation,
      templateRef,
    }: { organisation: string; templateRef: string },
  ): Promise<string[]> {
    const refs: string[] = [];
    if (ownersOf) {
      refs.push(
        ...(await this.directory.ownersOf(
          ownersOf === 'template' ? templateRef : ownersOf,
        )),
      );
    }
    if (organisationAdmins && organisation && this.adminsOf) {
      refs.push(this.adminsOf(organisation));
    }
    return refs;
  }
}
