/** A row of the board, ordinary but for what is given. */
import type { NamedRow } from '../../../client/progress/board.ts';

export function row(more: Partial<NamedRow> = {}): NamedRow {
  return {
    unit: '01',
    name: 'Hà Nội',
    target: { value: 90, day: '2025-12-31', basis: 'national' },
    outOf: 100,
    planned: 30,
    built: 27,
    gap: 63,
    pacePerWeek: 1.5,
    recent: [25, 26, 27],
    planEnd: null,
    forecast: {
      state: 'arrives',
      day: '2026-05-01',
      earliest: '2026-04-01',
      latest: '2026-07-01',
    },
    ...more,
  };
}
