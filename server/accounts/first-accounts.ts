/** The accounts that a new system makes by itself: an operator, and in the demo people to play. */
import type { Pool } from 'pg';
import type { Account } from '../../data/model/account.ts';
import { NATION } from '../../data/model/unit.ts';
import { provinces } from '../../data/country/provinces.ts';
import { ensureAccounts, hasOperator } from './accounts.ts';
import { oneTimePassword } from './passwords.ts';

/** What is printed at the start, for a person to sign in with. */
export interface Login {
  name: string;
  password: string;
  what: string;
}

const DEMO_PASSWORD = 'phu-song-demo';
const DEMO_PEOPLE: readonly (Account & { what: string })[] = [
  { name: 'bientap', role: 'editor', units: [NATION], what: 'demo editor' },
  { name: 'duyet', role: 'approver', units: [NATION], what: 'demo approver' },
  { name: 'quyhoach', role: 'planner', units: [NATION], what: 'demo planner' },
];

/** Makes what is missing; answers the logins to print: a one-time password only when it is made. */
export async function makeFirstAccounts(pool: Pool, demo: boolean): Promise<Login[]> {
  const logins: Login[] = [];
  if (demo) {
    const editors: Account[] = provinces.map(({ code }) => ({
      name: `bientap-${code}`,
      role: 'editor',
      units: [code],
    }));
    await ensureAccounts(pool, [...DEMO_PEOPLE, ...editors], DEMO_PASSWORD);
    for (const { name, what } of DEMO_PEOPLE) logins.push({ name, what, password: DEMO_PASSWORD });
    logins.push({
      name: `${editors.at(0)?.name} … ${editors.at(-1)?.name}`,
      what: 'demo editors of one province each',
      password: DEMO_PASSWORD,
    });
  }
  if (!(await hasOperator(pool))) {
    const password = oneTimePassword();
    const operator: Account = { name: 'operator', role: 'operator', units: [NATION] };
    await ensureAccounts(pool, [operator], password, { mustChange: true });
    logins.push({ name: 'operator', password, what: 'operator; shown this once' });
  }
  return logins;
}
