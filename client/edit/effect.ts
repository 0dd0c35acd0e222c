/** What saving a station would mean for the people, as a question to `/api/what-if`. */
import * as v from 'valibot';
import { difference } from '../../data/model/fields.ts';
import type { Fields } from '../../data/model/table.ts';
import { Draft, StationChange, type ScenarioContent } from '../../data/wire/scenarios.ts';

export interface Question {
  content: Partial<ScenarioContent>;
  /** Whether the answer is of the day on which it comes on air, and nothing changes before. */
  onceOnAir: boolean;
}

const isComing = (status: unknown): boolean => status === 'planned' || status === 'building';

/** Null where nobody's signal is in question, or the form does not say enough yet. */
export function questionOf(
  fields: Fields,
  existing: { id: number; fields: Fields } | null,
): Question | null {
  const { status } = fields;
  const was = existing?.fields['status'];
  if (existing && (status === 'on_air' || was === 'on_air')) {
    const change = Object.fromEntries(
      Object.entries(difference(existing.fields, fields)).filter(
        ([name]) => name in StationChange.entries,
      ),
    );
    if (Object.keys(change).length === 0) return null;
    const parsed = v.safeParse(StationChange, { id: existing.id, ...change });
    return parsed.success ? { content: { change: [parsed.output] }, onceOnAir: false } : null;
  }
  if (status !== 'on_air' && !isComing(status)) return null;
  const asked = Object.fromEntries(Object.entries(fields).filter(([name]) => RADIO.has(name)));
  const parsed = v.safeParse(Draft, { ...asked, status: 'on_air' });
  return parsed.success ? { content: { add: [parsed.output] }, onceOnAir: isComing(status) } : null;
}

/** What a signal depends on: a name that is not typed yet is no reason not to answer. */
const RADIO = new Set([
  ...['operator', 'technology', 'band', 'lon', 'lat', 'heightM', 'azimuth', 'beamwidth'],
]);
