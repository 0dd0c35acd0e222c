/**
 * What a building takes from a signal on its way in: 3GPP TR 38.901 V17.0.0 clause 7.4.3.1. The loss
 * through the outer wall is that of its mixture of glass and concrete (tables 7.4.3-1 and 7.4.3-2),
 * inside it grows by 0.5 dB a metre. How deep inside a person is, the clause draws by chance: the
 * smaller of two even draws, up to 25 m in towns and 10 m in the country. Here it is the mean of that
 * draw, a third of its most.
 */
import type { PropagationModel } from './path-loss.ts';

/** `low_loss`: plain glass and brick; `high_loss`: coated thermal glass in concrete. */
export const BUILDINGS = ['low_loss', 'high_loss'] as const;
export type Building = (typeof BUILDINGS)[number];

/** Standard deviation in dB of the loss from building to building. */
export const ENTRY_SPREAD_DB: Record<Building, number> = { low_loss: 4.4, high_loss: 6.5 };

const LOSS_INSIDE_DB_PER_M = 0.5;

/** Median loss in dB from outdoors to a person inside. */
export function buildingEntryLossDb(
  building: Building,
  model: PropagationModel,
  gigahertz: number,
): number {
  const concrete = through(5 + 4 * gigahertz);
  const wall =
    building === 'low_loss'
      ? 0.3 * through(2 + 0.2 * gigahertz) + 0.7 * concrete
      : 0.7 * through(23 + 0.3 * gigahertz) + 0.3 * concrete;
  const depthM = (model === 'RMa' ? 10 : 25) / 3;
  return 5 - 10 * Math.log10(wall) + LOSS_INSIDE_DB_PER_M * depthM;
}

/** Part of the power (0–1) that a loss in dB leaves. */
function through(lossDb: number): number {
  return 10 ** (-lossDb / 10);
}
