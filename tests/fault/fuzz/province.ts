/** An editor of one of two provinces, and what must never be in the log under that name. */
import type { Event } from '../../../data/log/event.ts';
import type { Account } from '../../../data/model/account.ts';

/** The western province is this editor's; half of what is drawn lies in the eastern one. */
export const EDITOR: Account = { name: 'tinh-tay', role: 'editor', units: ['01'] };
const WEST = ['01', '00001', '00002', '00003', '00004'];
/** Degrees east: where the western province ends and the eastern one begins. */
const BORDER = 105.2;

/** The editor's events that happened, before or after them, outside the western province. */
export function outsideOfWest(events: readonly Event[]): Event[] {
  const eastOf = new Map<number, number>();
  const endsOf = new Map<number, unknown[]>();
  /** Whose it is, of what stands nowhere. */
  const unitOf = new Map<number, unknown>();
  const isWest = (id: unknown): boolean => (eastOf.get(Number(id)) ?? Infinity) < BORDER;
  return events.filter((event) => {
    const { id, type } = event;
    const before = eastOf.get(id);
    const endsBefore = type === 'link.add' ? undefined : endsOf.get(id);
    if (typeof event['lon'] === 'number') eastOf.set(id, event['lon']);
    if (type.startsWith('link.'))
      endsOf.set(id, [event['from'] ?? endsOf.get(id)?.[0], event['to'] ?? endsOf.get(id)?.[1]]);
    const unitBefore = type.endsWith('.add') ? undefined : unitOf.get(id);
    if (isOfUnit(type) && event['unit'] !== undefined) unitOf.set(id, event['unit']);
    if (event.by !== EDITOR.name) return false;
    // Of a line one end is theirs before, and one after.
    if (type.startsWith('link.'))
      return [endsBefore, endsOf.get(id)].some((ends) => ends?.some(isWest) === false);
    if (isOfUnit(type))
      return [unitBefore ?? unitOf.get(id), unitOf.get(id)].some(
        (unit) => !WEST.includes(String(unit)),
      );
    return !isWest(id) || (before ?? 0) >= BORDER;
  });
}

function isOfUnit(type: string): boolean {
  return /^(indicator|programme|duty|definition)\./.test(type);
}
