/** Who sees an import, and who does what with it. */
import type { Account } from '../../data/model/account.ts';
import { NATION } from '../../data/model/unit.ts';
import { holds, isApprover, mayDecideFile, type ProvinceOf } from '../../data/wire/authority.ts';
import type { ImportSeen, ImportState } from '../../data/wire/imports.ts';
import type { Ground } from '../country/ground.ts';

interface Kept {
  author: string;
  /** Whose file it is, as its maker said. */
  unit: string | null;
  /** Where its rows happen; null where that was never noted. */
  units: readonly string[] | null;
  state: ImportState;
}

/**
 * What an account may; undefined where it does not even see it. Its maker and those who run the system
 * do with it what they want. Whoever works in its unit, or in all the units where it happens, sees it;
 * an approver of all those units takes it back, and decides about it while it is proposed, which an
 * approver of one of them sees too.
 */
export function mayWith(
  { author, unit, units, state }: Kept,
  account: Account,
  provinceOf: ProvinceOf,
): ImportSeen['may'] | undefined {
  const isProposed = state === 'proposed';
  const decide = isProposed && mayDecideFile(account, { author, units: units ?? [] }, provinceOf);
  const withdraw = isProposed && author === account.name;
  if (author === account.name || account.role === 'operator')
    return { change: true, undo: true, decide, withdraw };
  if (!worksWithImports(account)) return undefined;
  const held = (each: string): boolean => holds(account, each, provinceOf);
  const holdsAll = units !== null && units.length > 0 && units.every(held);
  const isAsked = isProposed && isApprover(account) && (units ?? []).some(held);
  if (!holdsAll && !isAsked && !(unit !== null && held(unit))) return undefined;
  return { change: false, undo: holdsAll && isApprover(account), decide, withdraw };
}

/** The same rule about many at once, for the database: whose imports an account sees. */
export interface Sight {
  author: string;
  /** All units that it holds, those within others too; null for all there are. */
  units: readonly string[] | null;
  /** Whether it sees what is proposed in any of them. */
  approves: boolean;
}

/** Null where an account sees all imports. */
export function sightOf(account: Account, ground: Ground | undefined): Sight | null {
  const { name, role, units } = account;
  if (role === 'operator') return null;
  if (!worksWithImports(account)) return { author: name, units: [], approves: false };
  if (units.includes(NATION)) return { author: name, units: null, approves: true };
  const within = (ground?.territory.communes ?? [])
    .filter(({ province }) => units.includes(province))
    .map(({ code }) => code);
  return { author: name, units: [...units, ...within], approves: isApprover(account) };
}

/** A viewer only looks at the country, and a reporter stands in the field. */
function worksWithImports({ role }: Account): boolean {
  return role !== 'viewer' && role !== 'reporter';
}
