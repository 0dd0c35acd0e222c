/**
 * Whether what was shown in the preview is right still. The country went on since: rows about things
 * that somebody touched are checked once more, and every row where anything else is different.
 */
import type { ClientBase, Pool } from 'pg';
import { NOUN_OF } from '../../data/imports/kinds.ts';
import type { Reason } from '../../data/imports/reasons.ts';
import { ONLY_ONE } from '../../data/log/event.ts';
import type { Account } from '../../data/model/account.ts';
import type { Fields } from '../../data/model/table.ts';
import { happensIn, mayDecideFile } from '../../data/wire/authority.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import type { ApplyImport, ImportJob } from '../../data/wire/imports.ts';
import { actOf } from '../commands/authority.ts';
import { Slices } from '../gaps/slices.ts';
import { Conflict } from '../log/append.ts';
import type { Applying } from './applying.ts';
import { prepareRow, reasonOf, sceneOf } from './checking.ts';
import { countToApply, refuseRows, rowsToApply, type KeptRow, type ToApply } from './kept-rows.ts';
import { hasSameRights, isSameStanding, standingOf } from './standing.ts';
import { note, noteUnits, type KeptImport } from './store.ts';

const PORTION = 2_000;

/** What is right to be applied. */
export interface Checked extends ToApply {
  /** Everything up to this number of the log is taken into account. */
  seq: number;
  /** Units in which it happens. */
  units: readonly string[];
}

/** Refuses the rows that came too late, and with `all` everything. */
export async function checkAgain(
  { job, units: noted, checked }: KeptImport,
  { mode, skipDuplicates: skipNear }: ApplyImport,
  account: Account,
  { pool, live, now }: Applying,
): Promise<Checked | Refusal> {
  const { id, kind } = job;
  const standing = await standingOf(account, live, now);
  // An approver of every place may whatever was right for its author.
  const mayAll = (units: readonly string[]): boolean =>
    mayDecideFile(account, { author: '', units }, (commune) => live.ground?.provinceOf(commune));
  const isSame =
    checked !== null &&
    noted !== null &&
    isSameStanding(checked, standing) &&
    (hasSameRights(checked, standing) || mayAll(noted)) &&
    !(await wereEndsTouched(pool, job, checked.seq));
  const scene = sceneOf(live, now);
  const refused: { row: number; reason: Reason }[] = [];
  const units = new Set<string>();
  const slices = new Slices();
  const all = job.rows.new + job.rows.changed;
  let seen = 0;
  const asked = { skipNear, portion: PORTION };
  const since = isSame && checked ? { touchedSince: checked.seq } : {};
  for await (const portion of rowsToApply(pool, id, { ...asked, ...since })) {
    for (const row of portion) {
      const prepared = prepareRow(commandOf(id, row), account, scene);
      if ('code' in prepared)
        refused.push({ row: row.row, reason: reasonOf(prepared, fieldsOf(row)) });
      else if (!isSame)
        for (const unit of happensIn(actOf(prepared.command, scene))) units.add(unit);
      if (slices.over) await slices.rest();
    }
    seen += portion.length;
    await note(pool, id, { progress: (0.5 * seen) / Math.max(1, all) });
  }
  if (refused.length > 0) await refuseRows(pool, id, refused);
  // Of rows that are left out this time nothing has been found out.
  if (!isSame && !skipNear) {
    await noteUnits(pool, id, units);
    await note(pool, id, { checked: standing });
  }
  if (refused.length > 0 && mode === 'all') return notAll(refused.length);
  const good = await countToApply(pool, id, skipNear);
  if (good.adds + good.changes === 0)
    return {
      code: 'invalid',
      reason: { is: 'file', what: 'nothing' },
      message: `Nothing in the file is new or different: there is nothing to apply to the ${kind}.`,
    };
  return { ...good, seq: standing.seq, units: isSame && noted ? noted : [...units] };
}

/**
 * Throws a `Conflict` where the log, which nobody else can append to now, has gone on behind `checked`
 * with something that a row depends on, or where the account is not what it was.
 */
export async function mustHold(
  client: ClientBase,
  job: ImportJob,
  checked: Checked,
  account: Account,
  last: number,
): Promise<void> {
  const { name, role, units } = account;
  const { rowCount } = await client.query(
    'select from accounts where name = $1 and role = $2 and units = $3 and disabled is null',
    [name, role, units],
  );
  if (rowCount !== 1) throw new Conflict('version');
  if (last === checked.seq) return;
  const { rows } = await client.query<{ touched: boolean }>(
    `select exists (select from events where seq > $2 and subject = $3)
         or exists (select from events e join import_rows r on r.subject = e.subject
                    where e.seq > $2 and r.import = $1 and r.outcome = 'changed') as touched`,
    [job.id, checked.seq, ONLY_ONE.territory],
  );
  if (rows[0]?.touched || (await wereEndsTouched(client, job, checked.seq)))
    throw new Conflict('version');
}

/** Whether nodes, on which a row about a link depends, were touched after a number of the log. */
async function wereEndsTouched(
  database: Pick<Pool, 'query'> | ClientBase,
  { kind }: ImportJob,
  seq: number,
): Promise<boolean> {
  if (NOUN_OF[kind] !== 'link') return false;
  const { rowCount } = await database.query(
    `select from events where seq > $1 and type like 'node.%' limit 1`,
    [seq],
  );
  return rowCount === 1;
}

/** The command that a kept row is. */
function commandOf(id: number, { row, type, data, subject, base }: KeptRow): unknown {
  const { simulated, ...fields } = data;
  void simulated;
  return {
    ...{ type, key: `import:${id}:${row}` },
    ...(subject === null ? {} : { id: Number(subject), base }),
    ...fields,
  };
}

function fieldsOf({ data, subject }: KeptRow): Fields {
  return { ...data, ...(subject === null ? {} : { id: Number(subject) }) };
}

export function notAll(refused: number): Refusal {
  return {
    code: 'stale',
    reason: { is: 'file', what: 'refused_rows' },
    path: 'mode',
    message:
      `${refused} rows are refused: correct them and send the file again, ` +
      'or apply the good rows only.',
  };
}
