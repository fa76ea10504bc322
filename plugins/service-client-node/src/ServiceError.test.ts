import { isServiceError, ServiceError, ServiceErrorKind } from './ServiceError';

const errorOf = (kind: ServiceErrorKind) =>
  new ServiceError('Gitea is away', { kind, service: 'Gitea' });

describe('ServiceError', () => {
  it.each([
    ['rate-limited', true],
    ['unavailable', true],
    ['conflict', false],
    ['forbidden', false],
    ['not-found', false],
    ['unauthorized', false],
    ['unexpected-response', false],
    ['validation', false],
  ] as const)('of kind %s is transient: %s', (kind, transient) => {
    expect(errorOf(kind).transient).toBe(transient);
  });

  it('is recognised by its kinds', () => {
    expect(isServiceError(errorOf('conflict'))).toBe(true);
    expect(isServiceError(errorOf('conflict'), 'not-found', 'conflict')).toBe(
      true,
    );
    expect(isServiceError(errorOf('conflict'), 'not-found')).toBe(false);
    expect(isServiceError(new Error('conflict'))).toBe(false);
  });
});
