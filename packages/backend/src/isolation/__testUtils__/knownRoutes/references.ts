import { Things } from '../things';

/** Reference of the component. */
export const entityRef = ({ component }: Things) =>
  `component:default/${component}`;

/** Reference of the person. */
export const userRef = ({ user }: Things) => `user:default/${user}`;

/** Path parameters of a route that takes a formula or a template by name. */
export const named = (kind: 'formula' | 'template') => (things: Things) => ({
  kind,
  namespace: 'default',
  name: things[kind],
});

/** Path parameter `id` of a route that takes a thing by its id. */
export const id = (thing: keyof Things) => (things: Things) => ({
  id: things[thing],
});
