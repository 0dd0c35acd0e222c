/** What the panel shows of gaps and hamlets: kept while the page is open, so that it is there again. */
import type { Gap, RegisteredHamlet } from '../../data/wire/gaps.ts';
import { ask } from '../live/ask.ts';
import { Following } from './following.svelte.ts';

/** So many of the gaps with most people are listed and drawn. */
const LISTED = 500;

export interface FoundGaps {
  /** All that fit, and the people in them. */
  total: number;
  people: number;
  /** Those with most people, in order. */
  gaps: readonly Gap[];
}

export const foundGaps = new Following<FoundGaps>(async (query, signal, tell) => {
  let total = 0;
  let people = 0;
  const gaps = await ask<Gap[]>(`/api/gaps?${query}&limit=${LISTED}`, {
    signal,
    tell,
    heard(headers) {
      total = Number(headers.get('X-Total'));
      people = Number(headers.get('X-People'));
    },
  });
  return { total, people, gaps };
});

export const foundHamlets = new Following<readonly RegisteredHamlet[]>((query, signal, tell) =>
  ask<RegisteredHamlet[]>(`/api/hamlets?${query}`, { signal, tell }),
);
