/**
 * The papers of simulated 5G stations, for the support of Decree 88/2025/NĐ-CP: an operator's stations
 * of one unit and month are accepted by one document. A few papers are missing or odd, as they
 * are in life.
 */
import { DECREE_88 } from '../../data/country/decree-88.ts';
import { dayNumberOf, dayOf } from '../../data/model/scalars.ts';
import type { Fields } from '../../data/model/table.ts';
import type { Operator } from '../../data/model/things.ts';
import type { Random } from './random.ts';

const ISSUER: Record<Operator, string> = {
  viettel: 'VTL',
  vinaphone: 'VNP',
  mobifone: 'MBF',
  other: 'KHAC',
};
/** Parts of the stations without any papers, without the document, and accepted some days too early. */
const ODD = { nothing: 0.02, noDocument: 0.02, early: 0.01 };
const EARLY_DAYS = 6;

/** What is known of the acceptance of a station that went on air on a day; nothing of earlier ones. */
export function acceptance(
  operator: Operator,
  unit: string,
  since: string,
  random: Random,
): Fields {
  const chance = random.next();
  if (since < DECREE_88.from || chance < ODD.nothing) return {};
  const isEarly = chance > 1 - ODD.early;
  const acceptedOn = isEarly ? dayOf(dayNumberOf(since) - EARLY_DAYS) : since;
  if (chance < ODD.nothing + ODD.noDocument) return { acceptedOn };
  const month = acceptedOn.slice(0, 7).replace('-', '.');
  return { acceptedOn, document: `${unit}-${month}/BBNT-${ISSUER[operator]}` };
}
