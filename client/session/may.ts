/** What the screen offers: the server's own rule, asked for whoever is signed in here. */
import { forbids, type Act } from '../../data/wire/authority.ts';
import { live } from '../live/live.svelte.ts';
import { session } from './session.svelte.ts';

/**
 * Whether whoever is signed in may do something in all of these units (of a link, in one of them).
 * Fields and statuses that are left out are not held against them: say them where a role depends on
 * them. Reactive.
 */
export function mayDo(
  type: Act['type'],
  units: readonly string[],
  { fields = [], statuses = [] }: Partial<Pick<Act, 'fields' | 'statuses'>> = {},
): boolean {
  const { account } = session;
  if (!account || account.mustChange) return false;
  const provinceOf = (commune: string): string | undefined =>
    live.units.get(commune)?.parent ?? undefined;
  return forbids(account, { type, units, fields, statuses }, provinceOf) === undefined;
}
