/** The register as the server tells it now. */
import type { RegisterAnswer } from '../../data/wire/register.ts';
import { Following } from '../gaps/following.svelte.ts';
import { ask } from '../live/ask.ts';

export const foundRegister = new Following<RegisterAnswer>(
  (address, signal) => ask<RegisterAnswer>(`/api/register/decree88?${address}`, { signal }),
  'stations',
);
