/**
 * The reference of the scaffolder actions, out of the actions themselves.
 *
 * @packageDocumentation
 */
export { documentedActions } from './actions';
export { documentationPages } from './pages';
