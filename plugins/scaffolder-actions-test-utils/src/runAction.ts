import {
  ActionContext,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';

type JsonObject = NonNullable<ActionContext<Record<string, never>>['each']>;

/** Runs an action and answers what it output and logged. */
export async function runAction<I extends object, O extends object>(
  action: TemplateAction<I, O, 'v2'>,
  input: I,
  more: {
    isDryRun?: boolean;
    signal?: AbortSignal;
    checkpoint?: ActionContext<never>['checkpoint'];
  } = {},
) {
  const context = createMockActionContext<JsonObject, JsonObject>({
    input: input as JsonObject,
  });
  const log = jest.spyOn(context.logger, 'info');
  const outputs: Record<string, unknown> = {};
  await action.handler({
    ...context,
    input,
    ...more,
    output: (name, value) => {
      outputs[String(name)] = value;
    },
  });
  return { outputs, messages: log.mock.calls.map(([text]) => String(text)) };
}
