/**
 * How far the fault suite goes: short in `npm test`, the whole of it in `npm run test:faults`. What is
 * random is drawn from a seed that is printed when a test fails; FAULT_SEED gives the same again.
 */
/** Whether this is the whole suite. */
export const long = process.env['FAULT_EXTENT'] === 'long';

/** How often a thing is done: in the short form, and in the long one. */
export function times(short: number, whole: number): number {
  return long ? whole : short;
}

const given = Number(process.env['FAULT_SEED']);
export const SEED =
  Number.isInteger(given) && given > 0 ? given : long ? Math.floor(Math.random() * 2 ** 31) : 2025;
