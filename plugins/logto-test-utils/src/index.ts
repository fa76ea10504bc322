/**
 * Logto's token endpoint and Management API over real HTTP, for tests.
 *
 * @packageDocumentation
 */
export {
  FakeLogto,
  type FakeLogtoAnswer,
  type FakeLogtoUser,
} from './FakeLogto';
