import { z } from 'zod';

const failure = z.object({ code: z.string() });
const failedFetch = z.object({ cause: failure });

/** The system's code of a failed call, such as `ECONNREFUSED`. */
function errorCode(error: unknown): string | undefined {
  return (
    failedFetch.safeParse(error).data?.cause.code ??
    failure.safeParse(error).data?.code
  );
}

/** Codes of Node's TLS (`X509_V_ERR_…` of OpenSSL without the prefix) for a chain that ends in nobody known. */
const UNTRUSTED = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];
const OUT_OF_DATE = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'];
const OTHER_NAME = 'ERR_TLS_CERT_ALTNAME_INVALID';

/** Whether no secure connection came about: nothing was sent, and another try ends the same way. */
export function isTlsFailure(error: unknown) {
  const code = errorCode(error) ?? '';
  return (
    [...UNTRUSTED, ...OUT_OF_DATE, OTHER_NAME, 'EPROTO'].includes(code) ||
    code.startsWith('ERR_SSL_')
  );
}

/** Whether the connection failed before anything was sent. */
export function neverSent(error: unknown) {
  return (
    isTlsFailure(error) ||
    [
      'ECONNREFUSED',
      'ENOTFOUND',
      'EAI_AGAIN',
      'UND_ERR_CONNECT_TIMEOUT',
    ].includes(errorCode(error) ?? '')
  );
}

/**
 * What went wrong with a connection and what to do, for people.
 *
 * @param address - how to speak of the configured address, such as `gitea.baseUrl`
 */
export function connectionMessage(error: unknown, address: string) {
  const code = errorCode(error);
  if (code === undefined) return 'the connection failed';
  if (UNTRUSTED.includes(code)) {
    return `nobody whom this machine trusts signed its certificate (${code}). Name the signer's certificate in NODE_EXTRA_CA_CERTS, or correct ${address}`;
  }
  if (OUT_OF_DATE.includes(code)) {
    return `its certificate is not valid today (${code}). Renew it`;
  }
  if (code === OTHER_NAME) {
    return `its certificate is for another host (${code}). Use the certificate's name in ${address}`;
  }
  if (isTlsFailure(error)) {
    return `no secure connection could be made (${code}). Check whether ${address} should start with http:`;
  }
  switch (code) {
    case 'ECONNREFUSED':
      return `it is not running or not reachable (connection refused). Start it, or correct ${address}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the name of its host is not known. Correct ${address}`;
    default:
      return `the connection failed (${code}). Try again; when it stays, look at its log and at what is in between`;
  }
}
