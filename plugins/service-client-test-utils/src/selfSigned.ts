import { generate } from 'selfsigned';

/**
 * A certificate for 127.0.0.1 that nobody trusts, and its key, both in PEM.
 *
 * @public
 */
export async function selfSigned(): Promise<{ key: string; cert: string }> {
  const { private: key, cert } = await generate(
    [{ name: 'commonName', value: '127.0.0.1' }],
    { keyType: 'ec', algorithm: 'sha256' },
  );
  return { key, cert };
}
