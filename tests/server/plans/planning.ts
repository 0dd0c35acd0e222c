/** Questions about countries of a few cells. */
import * as v from 'valibot';
import { DEFAULT_LINK_BUDGET } from '../../../data/radio/link-budget.ts';
import { PlanRequest, type PlanRequestInput } from '../../../data/wire/plans.ts';
import { PeopleField } from '../../../server/coverage/field.ts';
import type { Question } from '../../../server/plans/question.ts';
import type { PeopleGrid } from '../../../server/territory/territory.ts';
import { gridOf, type Cell } from '../coverage/little-country.ts';

export interface Land {
  cells: readonly Cell[];
  /** Whether a cell has the signal already. */
  covered?: (lon: number, lat: number) => boolean;
  disadvantaged?: readonly string[];
  masts?: readonly { lon: number; lat: number; commune: string; heightM?: number }[];
  hamlets?: readonly (readonly [lon: number, lat: number])[];
  nodes?: readonly (readonly [lon: number, lat: number])[];
}

export function questionFor(land: Land, asked: PlanRequestInput): Question {
  const request = v.parse(PlanRequest, asked);
  const grid = gridOf(land.cells);
  const field = new PeopleField(grid);
  const { covered = () => false, masts = [], hamlets = [], nodes = [] } = land;
  const prefix = request.unit === 'vn' ? '' : request.unit;
  return {
    request,
    grid,
    linkBudget: DEFAULT_LINK_BUDGET,
    covered: Uint8Array.from({ length: field.count }, (_, cell) =>
      Number(covered(field.lonOf(cell), field.latOf(cell))),
    ),
    inside: Uint8Array.from(grid.communes, (code) => Number(code.startsWith(prefix))),
    disadvantaged: Uint8Array.from(grid.communes, (code) =>
      Number(land.disadvantaged?.includes(code) ?? false),
    ),
    centres: centresOf(grid),
    masts: {
      position: Float64Array.from(masts.flatMap(({ lon, lat }) => [lon, lat])),
      commune: Int32Array.from(masts, ({ commune }) => Number(commune)),
      heightM: Float64Array.from(masts, ({ heightM = 42 }) => heightM),
    },
    hamlets: Float64Array.from(hamlets.flat()),
    nodes: Float64Array.from(nodes.flat()),
  };
}

function centresOf({ count, commune, communes, lon, lat }: PeopleGrid): Float64Array {
  const cells = Array.from({ length: count }, (_, cell) => cell);
  const mean = (of: readonly number[], values: Float32Array): number =>
    of.reduce((sum, cell) => sum + (values[cell] ?? 0), 0) / of.length;
  return Float64Array.from(
    communes.flatMap((_, index) => {
      const own = cells.filter((cell) => commune[cell] === index);
      return [mean(own, lon), mean(own, lat)];
    }),
  );
}
