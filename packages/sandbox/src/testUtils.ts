export { PortBlock } from './testUtils/PortBlock';
export { TestSandbox, type TestSandboxOptions } from './testUtils/TestSandbox';
