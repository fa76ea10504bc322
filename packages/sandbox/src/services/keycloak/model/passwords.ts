import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const KEY_BYTES = 32;

/** Compared with when there is no such user, so that the answer takes as long. */
const NOBODY = `${'0'.repeat(32)}$${'0'.repeat(64)}`;

/** Hashes a password as `<salt>$<key>`, both hexadecimal. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, KEY_BYTES);
  return `${salt.toString('hex')}$${key.toString('hex')}`;
}

/** Whether a password is the hashed one; never true without a hash. */
export async function verifyPassword(
  password: string,
  hash: string | undefined,
): Promise<boolean> {
  const [salt, key] = (hash ?? NOBODY).split('$');
  const derived = await derive(password, Buffer.from(salt, 'hex'), KEY_BYTES);
  return (
    timingSafeEqual(derived, Buffer.from(key, 'hex')) && hash !== undefined
  );
}
