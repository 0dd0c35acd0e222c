/** Who sees an import, and who does what with it. */
import type { Account } from '../../data/model/account.ts';
import { NATION } from '../../data/model/unit.ts';
import { holds, isApprover, type ProvinceOf } from '../../data/wire/authority.ts';
import type { ImportSeen } from '../../data/wire/imports.ts';
import type { Ground } from '../country/ground.ts';

interface Kept {
  author: string;
  /** Whose file it is, as its maker said. */
  unit: string | null;
  /** Where its rows happen; null where that was never noted. */
  units: readonly string[] | null;
}

/**
 * What an account may; undefined where it does not even see it. Its maker and those who run the system
 * may everything. Whoever works in its unit, or in all the units where it happens, sees it; and an
 * approver of all those units takes it back.
 */
export function mayWith(
  { author, unit, units }: Kept,
  account: Account,
  provinceOf: ProvinceOf,
): ImportSeen['may'] | undefined {
  if (author === account.name || account.role === 'operator') return { change: true, undo: true };
  if (!worksWithImports(account)) return undefined;
  const held = (each: string): boolean => holds(account, each, provinceOf);
  const holdsAll = units !== null && units.length > 0 && units.every(held);
  if (!holdsAll && !(unit !== null && held(unit))) return undefined;
  return { change: false, undo: holdsAll && isApprover(account) };
}

/** The same rule about many at once, for the database: whose imports an account sees. */
export interface Sight {
  author: string;
  /** All units that it holds, those within others too; null for all there are. */
  units: readonly string[] | null;
}

/** Null where an account sees all imports. */
export function sightOf(account: Account, ground: Ground | undefined): Sight | null {
  const { name, role, units } = account;
  if (role === 'operator') return null;
  if (!worksWithImports(account)) return { author: name, units: [] };
  if (units.includes(NATION)) return { author: name, units: null };
  const within = (ground?.territory.communes ?? [])
    .filter(({ province }) => units.includes(province))
    .map(({ code }) => code);
  return { author: name, units: [...units, ...within] };
}

/** A viewer only looks at the country, and a reporter stands in the field. */
function worksWithImports({ role }: Account): boolean {
  return role !== 'viewer' && role !== 'reporter';
}
