/**
 * Stand-ins for the services that Formulary provisions, on loopback.
 *
 * @packageDocumentation
 */
export { startSandbox, type RunningSandbox } from './sandbox';
export { realmImport } from './realm-import';
export type { SandboxCredentials } from './core/credentials';
export {
  SERVICE_NAMES,
  type SandboxOptions,
  type ServiceName,
} from './core/options';
