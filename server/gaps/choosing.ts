/** The gaps that somebody asks for, those with most people first. */
import type { Country } from '../../data/model/country.ts';
import type { Cluster } from './clusters.ts';
import type { GapGround } from './ground.ts';
import { clusterCellOf, placedHamlets } from './hamlets-in-gaps.ts';
import type { KeptClusters } from './kept-clusters.ts';
import type { Wanted } from './wanted.ts';

/** More than live anywhere. */
const MOST_PEOPLE = 2 ** 31;

/** Which gaps are meant; what is undefined leaves all. */
export interface Choice {
  wanted: Wanted;
  minPeople: number;
  speciallyDisadvantaged?: boolean | undefined;
  /** With a registered hamlet in it, or without. */
  hamlets?: boolean | undefined;
  /** So many at most; all that fit are counted. */
  limit: number;
}

export interface Candidate {
  cluster: Cluster;
  /** Index of its commune. */
  commune: number;
  /** Ids, ascending. */
  hamlets: number[];
  gridPower: boolean | null;
  speciallyDisadvantaged: boolean;
}

/** Of the gaps in some communes, all up to date: how many fit, their people, and the first of them. */
export function chosen(
  choice: Choice,
  communes: readonly number[],
  ground: GapGround,
  clusters: KeptClusters,
  country: Country,
): { best: Candidate[]; total: number; people: number } {
  const { wanted, minPeople, limit } = choice;
  const hamlets = hamletRows(wanted, ground, clusters, country);
  const disadvantaged = (commune: number, rows: readonly number[] | undefined): boolean =>
    ground.disadvantaged[commune] === 1 ||
    (rows !== undefined && anyOf(country.tables.hamlets.columns.speciallyDisadvantaged, rows));
  const fits = ({ cell, people }: Cluster, commune: number): boolean => {
    const rows = hamlets.get(cell);
    return (
      people >= minPeople &&
      (choice.hamlets === undefined || choice.hamlets === (rows !== undefined)) &&
      (choice.speciallyDisadvantaged === undefined ||
        choice.speciallyDisadvantaged === disadvantaged(commune, rows))
    );
  };

  const fitting: Cluster[] = [];
  const communeOf: number[] = [];
  for (const commune of communes)
    for (const cluster of clusters.known(wanted, commune)?.list ?? []) {
      if (!fits(cluster, commune)) continue;
      fitting.push(cluster);
      communeOf.push(commune);
    }
  const best = mostPopulous(fitting, limit).flatMap((index) => {
    const cluster = fitting[index];
    const commune = communeOf[index] ?? 0;
    if (!cluster) return [];
    const rows = hamlets.get(cluster.cell) ?? [];
    return {
      cluster,
      commune,
      hamlets: rows.map((row) => country.tables.hamlets.ids[row] ?? 0).sort((a, b) => a - b),
      gridPower: rows.length === 0 ? null : anyOf(country.tables.hamlets.columns.gridPower, rows),
      speciallyDisadvantaged: disadvantaged(commune, rows),
    };
  });
  const people = fitting.reduce((sum, cluster) => sum + cluster.people, 0);
  return { best, total: fitting.length, people };
}

function anyOf(flags: Uint8Array, rows: readonly number[]): boolean {
  return rows.some((row) => flags[row] === 1);
}

/** Rows of the hamlets in each cluster, by its cell. */
function hamletRows(
  wanted: Wanted,
  ground: GapGround,
  clusters: KeptClusters,
  { tables }: Country,
): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (const hamlet of placedHamlets(tables.hamlets, ground)) {
    const cell = clusterCellOf(hamlet, ground, clusters, wanted);
    if (cell === undefined) continue;
    const others = rows.get(cell);
    if (others) others.push(hamlet.row);
    else rows.set(cell, [hamlet.row]);
  }
  return rows;
}

/** Indexes of those with most people, in order; of several the one that comes first. */
function mostPopulous(clusters: readonly Cluster[], limit: number): number[] {
  // People above, turned round, the index below, in one number that 53 bits hold: plain numbers are
  // sorted many times faster than by comparing, and a country has 90,000 of them.
  const { length } = clusters;
  const keys = Float64Array.from(
    clusters,
    ({ people }, index) => (MOST_PEOPLE - people) * length + index,
  );
  return Array.from(keys.sort().subarray(0, limit), (key) => key % length);
}
