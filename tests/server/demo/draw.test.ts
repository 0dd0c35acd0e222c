import { describe, expect, it } from 'vitest';
import { drawCells, nearestInOrder, weightsWithout } from '../../../server/demo/draw.ts';

describe('drawing cells for sites', () => {
  const weights = Float32Array.from({ length: 1_000 }, (_, i) => (i < 500 ? 1 : 3));

  it('takes as many as asked for, in order, where the weight is', () => {
    const cells = drawCells(weights, 100, 0.5);
    expect(cells).toHaveLength(100);
    expect(cells).toEqual(cells.slice().sort());
    expect(cells.filter((cell) => cell < 500)).toHaveLength(25);
  });

  it('spreads them evenly: no gap is wider than a step', () => {
    const cells = drawCells(weights, 100, 0.2);
    for (let i = 1; i < 25; i++) expect((cells[i] ?? 0) - (cells[i - 1] ?? 0)).toBeLessThan(22);
  });

  it('takes a heavy cell more than once, and none without weight', () => {
    expect([...drawCells(Float32Array.of(0, 8, 0, 2, 0), 5, 0.5)]).toEqual([1, 1, 1, 1, 3]);
    const left = weightsWithout(Float32Array.of(0, 8, 0, 2, 0), Uint8Array.of(0, 1, 0, 0, 0));
    expect([...drawCells(left, 2, 0.5)]).toEqual([3, 3]);
    expect([...drawCells(Float32Array.of(0, 0), 5, 0.5)]).toEqual([]);
  });

  it('finds the nearest of some cells in the order of the grid', () => {
    const cells = Uint32Array.of(10, 20, 30);
    expect([0, 14, 16, 29, 99].map((cell) => nearestInOrder(cells, cell))).toEqual([
      10, 10, 20, 30, 30,
    ]);
  });
});
