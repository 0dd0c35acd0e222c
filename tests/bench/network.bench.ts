import { emptyCountry } from '../../data/model/country.ts';
import { communeCodeOf, provinceCodeOf } from '../../data/model/unit.ts';
import { NetworkAnalysis } from '../../data/network/analysis.ts';
import { connectedIn, graphOf, type NetworkTables } from '../../data/network/graph.ts';
import { Random } from '../../server/demo/random.ts';
import { bench, compare, limitFinding, ratioFinding } from './bench.ts';

const PROVINCES = 34;
const COMMUNES = 3_321;
/** So many nodes are asked about one after another by whoever takes out and searches again. */
const ASKED_SLOWLY = 200;
const MOST_MS = 100;

export default bench({
  name: 'the data network',
  goal: 'what each of 3,358 nodes and their lines would cut off, all at once, in a tenth of the time of taking 200 of them out and searching again; and an answer within 100 ms of a change',
  async run() {
    const tables = countryNetwork(1);
    const peopleOf = (commune: number): number => 1_000 + (commune % 977);
    const random = new Random(1, 'asked');
    const analyse = () => new NetworkAnalysis(tables, peopleOf);
    const atOnce = await compare(
      { run: () => analyse().weakPoints() },
      {
        run: () => {
          for (let i = 0; i < ASKED_SLOWLY; i++) slowly(tables, random.below(tables.nodes.count));
        },
      },
    );
    const answer = await compare(
      { run: () => analyse().impactOf({ noun: 'node', id: 4 + random.below(PROVINCES) }) },
      { run: () => slowly(tables, 3 + random.below(PROVINCES)) },
    );
    return [
      ratioFinding('all weak points', `${ASKED_SLOWLY} nodes the slow way`, atOnce, 0.1),
      limitFinding('one answer after a change', answer.ours.median, MOST_MS, 'ms'),
    ];
  },
});

/** Who is connected and would not be without a node: two searches of the whole network. */
function slowly(tables: NetworkTables, row: number): number[] {
  const after = new Set(connectedIn(graphOf(tables, new Set([row]))));
  return connectedIn(graphOf(tables)).filter((commune) => !after.has(commune));
}

/** Three centres in a ring, provinces on two of them, communes on their province, some twice or behind one another. */
function countryNetwork(seed: number): NetworkTables {
  const random = new Random(seed, 'network');
  const { tables } = emptyCountry();
  let id = 0;
  const node = (level: string, unit: string): number => {
    tables.nodes.put(++id, 1, { name: '', level, unit, status: 'up' });
    return id;
  };
  const centres = [1, 2, 3].map(() => node('central', 'vn'));
  const provinces = Array.from({ length: PROVINCES }, (_, i) =>
    node('provincial', provinceCodeOf(i + 1)),
  );
  const communes = Array.from({ length: COMMUNES }, (_, i) =>
    node('communal', communeCodeOf(i + 1)),
  );
  const link = (from = 0, to = 0): void =>
    void tables.links.put(++id, 1, { from, to, provider: '', status: 'up' });
  centres.forEach((centre, i) => link(centre, centres[(i + 1) % centres.length]));
  provinces.forEach((province, i) => {
    link(province, centres[i % 3]);
    link(province, centres[(i + 1) % 3]);
  });
  communes.forEach((commune, i) => {
    const behind = i > 40 && random.chance(0.1);
    link(commune, behind ? communes[i - PROVINCES] : provinces[i % PROVINCES]);
    if (random.chance(0.2)) link(commune, provinces[random.below(PROVINCES)]);
  });
  return tables;
}
