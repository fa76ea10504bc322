import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import { Row, Store } from '../../../core/store';

/** Keys of the realm. */
export interface RealmKeys {
  /** Private key that signs tokens. */
  signing: JWK & { kid: string };
  /** Signs cookies and the links between the steps of a log-in. */
  cookieSecret: string;
}

type KeysRow = RealmKeys & Row;

/** The realm's keys, made on the first start: tokens and cookies outlive a restart. */
export function loadKeys(store: Store): RealmKeys {
  const rows = store.collection<KeysRow>('keys');
  const stored = rows.get('realm');
  if (stored) return stored;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return rows.put({
    id: 'realm',
    signing: {
      ...(privateKey.export({ format: 'jwk' }) as JWK),
      kid: randomUUID(),
      use: 'sig',
      alg: 'RS256',
    },
    cookieSecret: randomBytes(32).toString('base64url'),
  });
}
