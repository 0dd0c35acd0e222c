/**
 * Surroundings of a place, from the density of people around it. The rule: people per square
 * kilometre over the H3 resolution-7 hexagon (about 5 km²) that holds the place; a class begins at
 * its threshold. 300 and 1,500 are the degree of urbanisation's limits for towns and urban centres
 * (UN Statistical Commission, 2020); 10,000 for dense city cores is our own choice.
 */
export const SURROUNDINGS = ['rural', 'suburban', 'urban', 'dense_urban'] as const;
export type Surroundings = (typeof SURROUNDINGS)[number];

/** People per km² from which each class begins, in the order of `SURROUNDINGS`. */
const SURROUNDINGS_FROM_DENSITY = [0, 300, 1_500, 10_000] as const;

/** Index into `SURROUNDINGS` for a density in people per km². */
export function surroundingsOf(density: number): number {
  let index = 0;
  for (let i = 1; i < SURROUNDINGS_FROM_DENSITY.length; i++)
    if (density >= (SURROUNDINGS_FROM_DENSITY[i] ?? Infinity)) index = i;
  return index;
}
