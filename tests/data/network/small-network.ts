/** Networks made up at random: a few nodes and links of every level and status, some of them loose. */
import fc from 'fast-check';
import { emptyCountry, type Country } from '../../../data/model/country.ts';
import { LINE_STATUSES, NODE_LEVELS } from '../../../data/model/things.ts';
import type { NetworkChange } from '../../../data/network/connection.ts';
import type { NetworkTables } from '../../../data/network/graph.ts';

/** Ids: nodes below a hundred, links above. */
const NODE_IDS = Array.from({ length: 12 }, (_, n) => n + 1);
const LINK_IDS = Array.from({ length: 18 }, (_, n) => n + 101);
const COMMUNES = ['00001', '00002', '00003', '00004', '00005'];

const status = fc.constantFrom(...LINE_STATUSES, 'up', 'up', 'up');
const nodeFields = fc.record({
  level: fc.constantFrom(...NODE_LEVELS, 'communal', 'communal'),
  unit: fc.constantFrom(...COMMUNES),
  status,
});
const linkFields = fc.record({
  from: fc.constantFrom(...NODE_IDS),
  to: fc.constantFrom(...NODE_IDS),
  status,
});

export type Wish =
  | { noun: 'node'; id: number; fields: object; remove: boolean }
  | { noun: 'link'; id: number; fields: object; remove: boolean };

const remove = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
/** Something that happens to a node or a link, whatever is there. */
export const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({
    noun: fc.constant('node' as const),
    id: fc.constantFrom(...NODE_IDS),
    fields: fc.oneof(nodeFields, fc.record({ status })),
    remove,
  }),
  fc.record({
    noun: fc.constant('link' as const),
    id: fc.constantFrom(...LINK_IDS),
    fields: fc.oneof(linkFields, fc.record({ status })),
    remove,
  }),
);

/** Does to the tables what was wished; answers the change that it was, or null where it was none. */
export function apply({ tables }: Country, one: Wish): NetworkChange | null {
  const { noun, id, remove: removes } = one;
  const table = noun === 'node' ? tables.nodes : tables.links;
  const isThere = table.rowOf(id) !== undefined;
  const fields = one.fields as Record<string, string | number>;
  const isWhole = fields['level'] !== undefined || fields['from'] !== undefined;
  if (removes) {
    if (!isThere) return null;
    table.remove(id);
    return { noun, verb: 'remove', id, fields: {} };
  }
  if (!isThere && !isWhole) return null;
  table.put(id, 1, { name: '', provider: '', ...fields });
  const { unit, ...rest } = fields;
  void unit;
  // As from the log: whatever a node is, it is said where it stands.
  const commune =
    noun === 'node'
      ? { commune: Number(tables.nodes.record(tables.nodes.rowOf(id) ?? -1)['unit']) }
      : {};
  return { noun, id, verb: isThere ? 'change' : 'add', fields: { ...rest, ...commune } };
}

/** What is not yet there is added first, so that most networks hang together somehow. */
export const network = fc
  .tuple(
    fc.array(nodeFields, { minLength: NODE_IDS.length, maxLength: NODE_IDS.length }),
    fc.array(linkFields, { minLength: 6, maxLength: LINK_IDS.length }),
  )
  .map(([nodes, links]): NetworkTables => {
    const { tables } = emptyCountry();
    nodes.forEach((fields, i) => tables.nodes.put(NODE_IDS[i] ?? 0, 1, { name: '', ...fields }));
    links.forEach((fields, i) =>
      tables.links.put(LINK_IDS[i] ?? 0, 1, { provider: '', ...fields }),
    );
    return tables;
  });

/** A network written down: nodes as `id: level unit status`, links as `id: from to status`. */
export function networkOf(
  nodes: Record<number, string>,
  links: Record<number, string>,
): NetworkTables {
  const { tables } = emptyCountry();
  for (const [id, text] of Object.entries(nodes)) {
    const [level = '', unit = '', state = 'up'] = text.split(' ');
    tables.nodes.put(Number(id), 1, { name: `Nút ${id}`, level, unit, status: state });
  }
  for (const [id, text] of Object.entries(links)) {
    const [from = '', to = '', state = 'up'] = text.split(' ');
    const ends = { from: Number(from), to: Number(to) };
    tables.links.put(Number(id), 1, { provider: 'VNPT', ...ends, status: state });
  }
  return tables;
}
