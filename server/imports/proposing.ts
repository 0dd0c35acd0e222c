/**
 * An import as one proposal: it waits, as it was previewed, until an approver of all its places accepts
 * or returns it. Its state keeps two people from deciding it at once, and what it comes to in the log
 * and as a proposal is written in one transaction.
 */
import { NOUN_OF } from '../../data/imports/kinds.ts';
import type { Account } from '../../data/model/account.ts';
import { provincesOf } from '../../data/wire/authority.ts';
import type { ApplyImport, ImportJob } from '../../data/wire/imports.ts';
import { together } from '../database/together.ts';
import { Conflict } from '../log/append.ts';
import { newKey } from '../review/review.ts';
import { keepFileProposal } from '../review/store.ts';
import type { Applying } from './applying.ts';
import type { Checked } from './checking-again.ts';
import { enter, note } from './store.ts';

/** Makes an import that is being applied a proposal instead. */
export async function proposeImport(
  { id, kind, name }: ImportJob,
  { mode, skipDuplicates, say }: ApplyImport,
  account: Account,
  { adds, changes, box, units }: Checked,
  { pool, live, review }: Applying,
): Promise<{ proposal: number }> {
  const proposal = await together(pool, async (client) => {
    const made = await keepFileProposal(client, {
      key: newKey(),
      author: account.name,
      noun: NOUN_OF[kind],
      units,
      provinces: provincesOf(units, (commune) => live.ground?.provinceOf(commune)),
      file: { import: id, name, kind, adds, changes, mode, skipDuplicates, say, box },
    });
    // Somebody else may have taken it, if this server was thought to be gone.
    if (!(await enter(client, id, ['applying'], 'proposed'))) throw new Conflict('version');
    await note(client, id, { progress: 1, proposal: made });
    return made;
  });
  await review.tell({ id: proposal, author: account.name, units });
  return { proposal };
}
