export { realmImport } from './realm';
