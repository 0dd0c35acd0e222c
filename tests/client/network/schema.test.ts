import { describe, expect, it } from 'vitest';
import {
  elementAtPoint,
  linesPath,
  pointsPath,
  schemaOf,
  SIDE,
} from '../../../client/network/schema.ts';
import { weakPointsIn } from '../../../client/network/weak.ts';
import { NetworkAnalysis } from '../../../data/network/analysis.ts';
import { emptyCountry } from '../../../data/model/country.ts';

/** Two centres, two provinces, many communes of the first and a few of the second. */
function networkOf(first: number, second: number) {
  const { tables } = emptyCountry();
  const node = (id: number, level: string, unit: string) =>
    tables.nodes.put(id, 1, { name: `Nút ${id}`, level, unit, status: 'up' });
  const link = (id: number, from: number, to: number) =>
    tables.links.put(id, 1, { from, to, provider: '', status: 'up' });
  node(1, 'central', 'vn');
  node(2, 'central', 'vn');
  node(3, 'provincial', '01');
  node(4, 'provincial', '11');
  link(5, 3, 1);
  link(6, 4, 2);
  for (let i = 0; i < first + second; i++) {
    node(100 + i, 'communal', String(i < first ? 1 + i : 50_000 + i).padStart(5, '0'));
    link(50_000 + i, 100 + i, i < first ? 3 : 4);
  }
  return tables;
}
const provinceOf = (commune: number) => (commune < 50_000 ? '01' : '11');

describe('the drawing of the network', () => {
  it('holds every node and link within its square, and no two communes in one place', () => {
    const schema = schemaOf(networkOf(3_000, 300), null, provinceOf);
    expect(schema.nodes).toHaveLength(3_304);
    expect(schema.links).toHaveLength(3_302);
    const isWithin = (value: number): boolean => value >= 0 && value <= SIDE;
    expect(schema.nodes.filter(({ x, y }) => !isWithin(x) || !isWithin(y))).toEqual([]);
    const places = new Set(schema.nodes.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`));
    expect(places.size).toBe(schema.nodes.length);
    expect(schema.sectors.map(({ province }) => province)).toEqual(['01', '11']);
  });

  it('keeps a province together: its communes lie in its part of the circle', () => {
    const { nodes, sectors } = schemaOf(networkOf(40, 40), null, provinceOf);
    const middle = sectors[1]?.angle ?? 0;
    for (const { x, y, commune } of nodes.filter((node) => node.commune >= 50_000)) {
      const angle = (Math.atan2(x - SIDE / 2, SIDE / 2 - y) + 2 * Math.PI) % (2 * Math.PI);
      expect(Math.abs(angle - middle), String(commune)).toBeLessThan(Math.PI / 2);
    }
  });

  it('of one province has its own node in the middle and only what belongs to it', () => {
    const { nodes, links } = schemaOf(networkOf(10, 5), '11', provinceOf);
    expect(nodes.filter(({ commune }) => commune > 0)).toHaveLength(5);
    expect(nodes.find(({ id }) => id === 4)).toMatchObject({ x: SIDE / 2, y: SIDE / 2 });
    expect(links.map(({ id }) => id).filter((id) => id < 100)).toEqual([6]);
  });

  it('of one province has the node of another to which a commune has a second line', () => {
    const tables = networkOf(10, 5);
    tables.links.put(99_000, 1, { from: 112, to: 3, provider: '', status: 'up' });
    const { nodes, links } = schemaOf(tables, '11', provinceOf);
    expect(nodes.map(({ id }) => id)).toContain(3);
    expect(links.map(({ id }) => id)).toContain(99_000);
  });

  it('knows what a pointer means: a node first, else a line, else nothing', () => {
    const schema = schemaOf(networkOf(1, 0), '01', provinceOf);
    const [commune] = schema.nodes.filter((node) => node.commune === 1);
    if (!commune) throw new Error('there is no commune');
    expect(elementAtPoint(schema, { x: commune.x + 3, y: commune.y }, 14)).toEqual({
      noun: 'node',
      id: 100,
    });
    const half = { x: (commune.x + SIDE / 2) / 2 + 1, y: (commune.y + SIDE / 2) / 2 };
    expect(elementAtPoint(schema, half, 14)?.noun).toBe('link');
    expect(elementAtPoint(schema, { x: 3, y: SIDE - 3 }, 14)).toBeNull();
  });

  it('writes marks and lines as paths', () => {
    expect(pointsPath([{ x: 1, y: 2 }])).toBe('M1.0 2.0h0');
    const link = { id: 1, row: 0, from: { x: 0, y: 0 }, to: { x: 5, y: 6 } };
    expect(linesPath([link])).toBe('M0.0 0.0L5.0 6.0');
  });
});

it('a province sees the weak points by its own communes and people only', () => {
  const tables = networkOf(3, 2);
  const peopleOf = () => 100;
  const analysis = new NetworkAnalysis(tables, peopleOf);
  const points = weakPointsIn(analysis, [1, 2, 3], peopleOf);
  expect(points[0]).toMatchObject({ communes: 3, people: 300 });
  expect(points.some(({ noun, id }) => noun === 'node' && id === 4)).toBe(false);
});
