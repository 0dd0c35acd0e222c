/** Passwords: kept as Argon2id, so that they cannot be read out of the database and used. */
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Verified when the name is unknown, so that the answer takes as long as for a known one. */
let decoy: Promise<string> | undefined;

export function hashed(password: string): Promise<string> {
  return hash(password);
}

/** Whether a password is the one behind a hash; false, and as slowly, where there is no hash. */
export async function isPassword(kept: string | null | undefined, password: string) {
  decoy ??= hash(randomBytes(16).toString('hex'));
  const right = await verify(kept ?? (await decoy), password);
  return right && typeof kept === 'string';
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Four groups of four letters that nobody confuses when read out: 80 bits. */
export function oneTimePassword(): string {
  const letters = Array.from(randomBytes(16), (byte) => LETTERS[byte % LETTERS.length] ?? '');
  return [0, 4, 8, 12].map((from) => letters.slice(from, from + 4).join('')).join('-');
}
