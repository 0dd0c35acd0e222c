/** Where proposals are kept: an ordinary table, for what was only proposed has not happened. */
import type { ClientBase, Pool, PoolClient } from 'pg';
import type { Noun } from '../../data/log/event.ts';
import type { Account } from '../../data/model/account.ts';
import type { Fields } from '../../data/model/table.ts';
import { levelOf, NATION } from '../../data/model/unit.ts';
import { isApprover } from '../../data/wire/authority.ts';
import type { Command } from '../../data/wire/commands.ts';
import type {
  FileOfProposal,
  ProposalsQuery,
  ProposalState,
  ProposedChange,
} from '../../data/wire/review.ts';

interface Kept {
  id: number;
  state: ProposalState;
  author: string;
  made: Date;
  units: string[];
  noun: Noun;
  word: string;
  decidedBy: string | null;
  decided: Date | null;
  seq: number | null;
}

/** A proposal of one change as it is kept. */
export interface KeptChange extends Kept {
  what: 'change';
  command: Command;
  type: Command['type'];
  subject: number | null;
  base: number | null;
  before: Fields | null;
  outdatedBy: ProposedChange['outdatedBy'];
}

/** A proposal of a file. */
export interface KeptFile extends Kept {
  what: 'file';
  provinces: string[];
  file: FileOfProposal;
}

export type KeptProposal = KeptChange | KeptFile;

/** What is written of a command that is proposed. */
export interface NewProposal {
  key: string;
  author: string;
  units: readonly string[];
  provinces: readonly string[];
  command: Command;
  noun: Noun;
  subject: number | null;
  base: number | null;
  before: Fields | null;
}

interface Row {
  id: number;
  state: ProposalState;
  author: string;
  made: Date;
  units: string[];
  provinces: string[];
  command: Command | null;
  file: FileOfProposal | null;
  noun: Noun;
  subject: string | null;
  base: number | null;
  before: Fields | null;
  word: string;
  decided_by: string | null;
  decided: Date | null;
  seq: string | null;
  outdated_by: ProposedChange['outdatedBy'];
}

const COLUMNS = `id, state, author, made, units, provinces, command, file, noun, subject, base, before,
  word, decided_by, decided, seq, outdated_by`;
/** Who has more finds the older ones when these are decided. */
const MOST_LISTED = 300;

/** Keeps a proposal; the id of the first one where its key is known. */
export async function keepProposal(pool: Pool, made: NewProposal): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into proposals (key, author, units, provinces, command, noun, subject, base, before)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (key) do nothing returning id`,
    [made.key, made.author, ...valuesOf(made)],
  );
  const id = rows[0]?.id ?? (await proposalOfKey(pool, made.key));
  if (id === undefined) throw new Error('a proposal was put in and did not come back');
  return id;
}

/** Keeps a file as a proposal, within the transaction that says so to its import. */
export async function keepFileProposal(
  client: PoolClient,
  made: {
    key: string;
    author: string;
    units: readonly string[];
    provinces: readonly string[];
    noun: Noun;
    file: FileOfProposal;
  },
): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `insert into proposals (key, author, units, provinces, noun, file)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [made.key, made.author, made.units, made.provinces, made.noun, JSON.stringify(made.file)],
  );
  if (!rows[0]) throw new Error('a proposal was put in and did not come back');
  return rows[0].id;
}

/** Opens an outdated proposal again, on the thing as it is now; answers whether it was there. */
export async function renewProposal(pool: Pool, id: number, made: NewProposal): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update proposals set state = 'open', word = '', decided = null, decided_by = null,
            outdated_by = null, made = now(), units = $3, provinces = $4, command = $5, noun = $6,
            subject = $7, base = $8, before = $9
     where id = $1 and author = $2 and state = 'outdated'`,
    [id, made.author, ...valuesOf(made)],
  );
  return rowCount === 1;
}

function valuesOf(made: NewProposal): unknown[] {
  const { units, provinces, command, noun, subject, base, before } = made;
  const kept = before && JSON.stringify(before);
  return [units, provinces, JSON.stringify(command), noun, subject, base, kept];
}

export async function proposalOfKey(pool: Pool, key: string): Promise<number | undefined> {
  const { rows } = await pool.query<{ id: number }>('select id from proposals where key = $1', [
    key,
  ]);
  return rows[0]?.id;
}

export async function readProposal(pool: Pool, id: number): Promise<KeptProposal | undefined> {
  const { rows } = await pool.query<Row>(`select ${COLUMNS} from proposals where id = $1`, [id]);
  return rows[0] && keptOf(rows[0]);
}

/** The same, where it concerns an account. */
export async function readConcerning(
  pool: Pool,
  account: Account,
  id: number,
): Promise<KeptProposal | undefined> {
  const { rows } = await pool.query<Row>(
    `select ${COLUMNS} from proposals where (${CONCERNED}) and id = $5`,
    [...asked(account), id],
  );
  return rows[0] && keptOf(rows[0]);
}

/** The same, held against everybody else until the transaction of `client` ends. */
export async function holdProposal(
  client: PoolClient,
  id: number,
): Promise<KeptProposal | undefined> {
  const { rows } = await client.query<Row>(
    `select ${COLUMNS} from proposals where id = $1 for update`,
    [id],
  );
  return rows[0] && keptOf(rows[0]);
}

/** How a proposal ended; the approver of its event, where there is one, is who decided. */
export async function closeProposal(
  client: Pool | ClientBase,
  id: number,
  end: {
    state: Exclude<ProposalState, 'open'>;
    by: string;
    word?: string;
    seq?: number;
    outdatedBy?: ProposedChange['outdatedBy'];
  },
): Promise<void> {
  const { state, by, word = '', seq = null, outdatedBy = null } = end;
  await client.query(
    `update proposals set state = $2, word = $3, seq = $4, outdated_by = $5, decided = now(),
            decided_by = coalesce((select data ->> 'approvedBy' from events where seq = $4), $6)
     where id = $1`,
    [id, state, word, seq, outdatedBy && JSON.stringify(outdatedBy), by],
  );
}

/** Proposals that concern an account, newest first, and how many there are. */
export async function listProposals(
  pool: Pool,
  account: Account,
  { list, unit }: Omit<ProposalsQuery, 'method'>,
): Promise<{ proposals: KeptProposal[]; total: number }> {
  const wanted = {
    open: `state = 'open'`,
    own: 'author = $1',
    closed: `state <> 'open'`,
  }[list];
  const where = `${wanted} and (${CONCERNED}) and (${inUnit(unit)})`;
  const { rows } = await pool.query<Row & { total: string }>(
    `select ${COLUMNS}, count(*) over () as total from proposals where ${where}
     order by coalesce(decided, made) desc, id desc limit ${MOST_LISTED}`,
    [...asked(account), unit],
  );
  return { proposals: rows.map(keptOf), total: Number(rows[0]?.total ?? 0) };
}

/** How many open ones wait for an account as an approver, and how many are its own. */
export async function countWaiting(
  pool: Pool,
  account: Account,
): Promise<{ toDecide: number; own: number }> {
  const { rows } = await pool.query<{ to_decide: number; own: number }>(
    `select count(*) filter (where author <> $1)::int as to_decide,
            count(*) filter (where author = $1)::int as own
     from proposals where state = 'open' and (${CONCERNED})`,
    asked(account),
  );
  return { toDecide: rows[0]?.to_decide ?? 0, own: rows[0]?.own ?? 0 };
}

/** Its author, and approvers of a place in which it would happen. */
const CONCERNED = `author = $1 or ($2 and ($3 or units && $4::text[] or provinces && $4::text[]))`;

function asked(account: Account): unknown[] {
  const { name, units } = account;
  return [name, isApprover(account), units.includes(NATION), units];
}

function inUnit(unit: string): string {
  switch (levelOf(unit)) {
    case 'nation':
      return '$5::text is not null';
    case 'province':
      return 'provinces @> array[$5::text]';
    case 'commune':
      return 'units @> array[$5::text]';
  }
}

function keptOf(row: Row): KeptProposal {
  const { id, state, author, made, units, noun, word, decided, command, file } = row;
  const seq = row.seq === null ? null : Number(row.seq);
  const kept = {
    id,
    state,
    author,
    made,
    units,
    noun,
    word,
    decidedBy: row.decided_by,
    decided,
    seq,
  };
  if (file) return { ...kept, what: 'file', provinces: row.provinces, file };
  if (!command) throw new Error(`proposal ${id} is neither a command nor a file`);
  const { base, before, outdated_by: outdatedBy } = row;
  const subject = row.subject === null ? null : Number(row.subject);
  return {
    ...kept,
    what: 'change',
    command,
    type: command.type,
    subject,
    base,
    before,
    outdatedBy,
  };
}
