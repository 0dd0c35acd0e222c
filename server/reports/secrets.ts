/**
 * What a report is followed with. The form carries a random key; the event's own key and the follow
 * token are both made from it and from what was typed, so that the same form sent twice leads to the
 * same report and the same link, and one that was changed to another. Neither the log nor any table
 * holds what the link is made of.
 */
import { createHash, randomBytes } from 'node:crypto';

/** Crockford's digits: none of them is mistaken for another when written down by hand. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
/** 16 digits of five bits: nobody guesses one of 2⁸⁰, and a person can still note it down. */
const TOKEN_DIGITS = 16;

/** A fresh key for a form. */
export function newFormKey(): string {
  return randomBytes(18).toString('base64url');
}

export function isFormKey(text: string): boolean {
  return /^[\w-]{20,64}$/.test(text);
}

/** A form and what was typed into it, as one. */
export function wishOf(formKey: string, typed: readonly string[]): string {
  return JSON.stringify([formKey, ...typed]);
}

/** The key under which the log takes the report of a wish. */
export function eventKeyOf(wish: string): string {
  return `report.${sha256(`event:${wish}`).toString('hex').slice(0, 40)}`;
}

/** The token of the follow link, in groups of four: `k3f9-2mxa-77qd-w0ph`. */
export function followTokenOf(wish: string): string {
  const bytes = sha256(`follow:${wish}`);
  const digits = Array.from(
    { length: TOKEN_DIGITS },
    (_, index) => DIGITS[(bytes[index] ?? 0) & 31] ?? '0',
  );
  return digits.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** What the database keeps of a token, however a person wrote it; undefined for what is none. */
export function fingerprintOf(token: string): string | undefined {
  const plain = token.toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');
  const isToken = plain.length === TOKEN_DIGITS && [...plain].every((one) => DIGITS.includes(one));
  return isToken ? sha256(plain).toString('hex') : undefined;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
