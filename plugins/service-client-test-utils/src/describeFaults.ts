import { ServiceError, ServiceErrorKind } from '@formulary/service-client-node';
import { Fault, faultsOf, Refusals } from './faults';
import { ScriptedServer } from './ScriptedServer';
import { selfSigned } from './selfSigned';

/** A call, and what its error message must name. */
interface Call {
  object: string;
  run(): Promise<unknown>;
}

/**
 * A client to try the faults on.
 *
 * @public
 */
export interface FaultSubject {
  /** Name of the service as people know it. */
  service: string;
  /** Key of its configuration. */
  configKey: string;
  /** The token that the client is given and that no message may show. */
  token: string;
  /** The service's own refusals, as it sends them. */
  refusals: Refusals;
  /** A client without repeats and with a time-out of 200 ms: a call that reads and one that writes. */
  connect(baseUrl: string): { read: Call; write: Call };
}

/**
 * Tests, over real HTTP and HTTPS, that a client turns everything that can go
 * wrong into a `ServiceError` whose message names the service, the object, the
 * cause and the next step, and never the token.
 *
 * @public
 */
export function describeFaults(subject: FaultSubject): void {
  const { service, configKey, token, connect } = subject;

  const expectFailure = async (
    call: Call,
    kind: ServiceErrorKind,
    says: Fault['says'],
  ) => {
    const error = await call.run().then(
      () => new Error('the call did not fail'),
      (reason: unknown) => reason,
    );
    if (!(error instanceof ServiceError)) throw error;
    expect(error).toMatchObject({ kind, service });
    expect(error.message).toContain(`${service} could not `);
    expect(error.message).toContain(call.object);
    for (const text of says) expect(error.message).toMatch(text);
    expect(error.message).not.toContain(token);
    expect(error.message).not.toMatch(/undefined|\[object|\.\./);
  };

  describe.each(['read', 'write'] as const)('a call to %s', mode => {
    let server: ScriptedServer;

    beforeEach(() => {
      server = new ScriptedServer();
    });
    afterEach(() => server.stop());

    it.each(faultsOf(configKey, subject.refusals))(
      'tells of $what',
      async ({ turn, kind, says }) => {
        server.turns = [turn];
        const baseUrl = await server.start();
        await expectFailure(connect(baseUrl)[mode], kind, says);
        expect(server.seen).toHaveLength(1);
      },
    );

    it('hides a token that comes back', async () => {
      server.turns = [{ status: 500, body: `no ${token} here` }];
      const baseUrl = await server.start();
      await expectFailure(connect(baseUrl)[mode], 'unavailable', [
        'no *** here',
      ]);
    });

    it('tells that nothing listens', async () => {
      const baseUrl = await server.start();
      await server.stop();
      await expectFailure(connect(baseUrl)[mode], 'unavailable', [
        'connection refused',
        `Start it, or correct ${configKey}.baseUrl`,
      ]);
    });

    it('does not speak to a server whose certificate nobody signed', async () => {
      const baseUrl = await server.start(await selfSigned());
      await expectFailure(connect(baseUrl)[mode], 'unavailable', [
        'SELF_SIGNED',
        'NODE_EXTRA_CA_CERTS',
        `${configKey}.baseUrl`,
      ]);
      expect(server.seen).toEqual([]);
    });

    it('tells that an https: address answers without TLS', async () => {
      const baseUrl = await server.start();
      await expectFailure(
        connect(baseUrl.replace('http:', 'https:'))[mode],
        'unavailable',
        [
          'no secure connection',
          `${configKey}.baseUrl should start with http:`,
        ],
      );
    });
  });
}
