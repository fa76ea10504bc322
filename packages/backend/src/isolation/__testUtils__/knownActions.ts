import { KnownRoute } from './knownRoutes';
import { Things } from './things';

const nothing = () => ({});

/** What each action of the actions registry is given in an attack, by its id. */
const inputs: Partial<Record<string, (things: Things) => unknown>> = {
  'auth:who-am-i': nothing,
  'catalog:get-catalog-model-description': nothing,
  'catalog:get-catalog-entity': ({ component }) => ({
    kind: 'component',
    namespace: 'default',
    name: component,
  }),
  'catalog:validate-entity': ({ target }) => ({
    entity: JSON.stringify({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Location',
      metadata: { name: 'look' },
      spec: { type: 'url', target },
    }),
    location: target,
  }),
  'catalog:register-entity': ({ target }) => ({ locationUrl: target }),
  'catalog:unregister-entity': ({ location }) => ({
    type: { locationId: location },
  }),
  'catalog:query-catalog-entities': nothing,
  'catalog:refresh-catalog-entity': ({ component }) => ({
    kind: 'component',
    namespace: 'default',
    name: component,
  }),
  'notifications:get-notifications': () => ({ view: 'all' }),
  'scaffolder:list-scaffolder-tasks': nothing,
  'scaffolder:list-scaffolder-actions': nothing,
  'scaffolder:execute-template': ({ template }) => ({
    templateRef: `template:default/${template}`,
    values: { answer: '42' },
  }),
  'scaffolder:get-scaffolder-task-logs': ({ task }) => ({ taskId: task }),
  'search:query': ({ component }) => ({ term: component.split('.')[1] }),
};

/** How an action is attacked through the route that invokes it; undefined when nobody has said so yet. */
export function knownAction(action: string): KnownRoute | undefined {
  const body = inputs[action];
  return (
    body && {
      params: () => ({ action }),
      body,
      examples: action === 'scaffolder:list-scaffolder-actions',
    }
  );
}
