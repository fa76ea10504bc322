import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';

/** A task as far as an approval is about it. */
export interface TaskInHand {
  taskId: string;
  templateRef: string;
  /** Title of the template, or its name. */
  templateTitle: string;
  parameters: JsonObject;
  /** What the template does, before parameters are filled in. */
  template: { steps: unknown; output: unknown };
}

/** Reads tasks from the scaffolder, so that nobody has to be believed what a task is about. */
export class TaskReader {
  constructor(private readonly scaffolder: ScaffolderService) {}

  /**
   * A task of a user, read with their own rights.
   *
   * @throws NotAllowedError when it is somebody else's
   */
  async read(
    taskId: string,
    userRef: string,
    credentials: BackstageCredentials,
  ): Promise<TaskInHand> {
    const { spec } = await this.scaffolder.getTask({ taskId }, { credentials });
    if (spec.user?.ref?.toLocaleLowerCase('en-US') !== userRef) {
      throw new NotAllowedError(`Task ${taskId} was not started by ${userRef}`);
    }
    if (!spec.templateInfo) {
      throw new InputError(
        `Task ${taskId} does not come from a template of the catalog`,
      );
    }
    const { entityRef, entity } = spec.templateInfo;
    const ref = parseEntityRef(entityRef, { defaultKind: 'template' });
    return {
      taskId,
      templateRef: stringifyEntityRef(ref),
      templateTitle: entity?.metadata.title ?? ref.name,
      parameters: spec.parameters,
      template: { steps: spec.steps, output: spec.output },
    };
  }
}
