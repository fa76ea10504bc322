import { Bundle } from '../bundle/Bundle';
import { Problem } from '../problem';
import { INSTALLED_ACTIONS } from './installedActions';

/** Steps use actions that the product installs. */
export function checkActions({ template, templateFile }: Bundle): Problem[] {
  return (template?.spec.steps ?? []).flatMap(({ action }, index) =>
    INSTALLED_ACTIONS.includes(action)
      ? []
      : [
          {
            file: templateFile,
            path: `spec.steps[${index}].action`,
            reason: `the product has no action "${action}"`,
          },
        ],
  );
}
