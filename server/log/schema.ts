/**
 * The tables of the log and the rules that the database itself keeps: the log is append-only, its
 * numbers have no gap, and its instants never decrease, whoever writes and however.
 */
import type { ClientBase, Pool } from 'pg';

/** Any number, the same in every version: one server at a time brings the tables up to date. */
const MIGRATION_LOCK = 8_402_001;

const MIGRATIONS: readonly string[] = [
  `
  create table head (
    one boolean primary key default true check (one),
    seq bigint not null,
    at  timestamptz(3) not null
  );
  insert into head (seq, at) values (0, 'epoch');

  create table events (
    seq       bigint primary key,
    at        timestamptz(3) not null,
    effective date not null,
    by        text not null,
    type      text not null,
    format    smallint not null,
    subject   bigint not null,
    version   integer not null,
    key       text not null,
    data      jsonb not null,
    constraint events_key unique (key),
    constraint events_version unique (subject, version)
  );

  create function refuse_rewriting() returns trigger language plpgsql as $$
  begin
    raise exception 'the log is append-only: % on % is refused', tg_op, tg_table_name;
  end $$;
  create trigger events_append_only before update or delete or truncate on events
    for each statement execute function refuse_rewriting();
  create trigger head_stays before insert or delete or truncate on head
    for each statement execute function refuse_rewriting();

  -- The head moves with the events and never by itself.
  create function head_follows_events() returns trigger language plpgsql as $$
  begin
    if pg_trigger_depth() < 2 then
      raise exception 'the head of the log moves only with its events';
    end if;
    return new;
  end $$;
  create trigger head_follows before update on head
    for each row execute function head_follows_events();

  -- The update of the head's one row is what makes writers wait for each other, so that the order
  -- of commits is the order of numbers; a rollback takes the head back with it.
  create function events_follow_head() returns trigger language plpgsql as $$
  declare
    first bigint; last bigint; n bigint; earliest timestamptz; latest timestamptz;
  begin
    select min(seq), max(seq), count(*), min(at), max(at)
      into first, last, n, earliest, latest from added;
    if n = 0 then return null; end if;
    update head set seq = last, at = latest where seq = first - 1 and at <= earliest;
    if not found or last - first + 1 <> n then
      raise exception 'events % to % (%) do not follow the head of the log', first, last, n;
    end if;
    return null;
  end $$;
  create trigger events_gapless after insert on events
    referencing new table as added
    for each statement execute function events_follow_head();

  create table packs (
    hash    text primary key,
    kind    text not null,
    bytes   bytea not null,
    stored  timestamptz not null default now()
  );

  -- The country at a sequence number, by the code and the territory that worked it out.
  create table states (
    seq     bigint not null,
    code    text not null,
    pack    text not null,
    bytes   bytea not null,
    primary key (seq, code, pack)
  );

  create table accounts (
    name     text primary key,
    password text not null,
    role     text not null
  );
  create table sessions (
    token   text primary key,
    account text not null references accounts on delete cascade,
    expires timestamptz not null
  );
  `,
  `
  -- People from a source on the grid of a territory, and heights of the land; events name them by hash.
  create table populations (
    hash      text primary key,
    territory text not null,
    source    text not null,
    bytes     bytea not null,
    stored    timestamptz not null default now()
  );
  create table terrains (
    hash    text primary key,
    source  text not null,
    bytes   bytea not null,
    stored  timestamptz not null default now()
  );
  -- Packed already, and read piece by piece: stored as they are.
  alter table populations alter column bytes set storage external;
  alter table terrains alter column bytes set storage external;
  `,
  `
  -- What people try out: a question, which may change and go, until its drafts are in the plan.
  create table scenarios (
    id          integer generated always as identity primary key,
    version     integer not null default 1,
    name        text not null,
    author      text not null,
    made        timestamptz(3) not null default now(),
    changed_by  text not null,
    changed     timestamptz(3) not null default now(),
    body        jsonb not null,
    approved_by text,
    approved    timestamptz(3),
    constraint scenarios_approved check ((approved is null) = (approved_by is null))
  );
  `,
  `
  -- Accounts are bound to units; those of an identity provider have no password of ours.
  alter table accounts
    alter column password drop not null,
    add column full_name   text not null default '',
    add column units       text[] not null default '{vn}',
    add column must_change boolean not null default false,
    add column disabled    timestamptz,
    add column made        timestamptz not null default now(),
    add column issuer      text,
    add column subject     text,
    add constraint accounts_identity unique (issuer, subject),
    add constraint accounts_known_by check ((issuer is null) = (subject is null)
                                        and (password is null) <> (issuer is null));
  -- What a wall signs in with.
  create table displays (
    id      integer generated always as identity primary key,
    name    text not null,
    token   text not null unique,
    made_by text not null,
    made    timestamptz not null default now()
  );
  alter table sessions
    alter column account drop not null,
    add column id      integer generated always as identity unique,
    add column display integer references displays on delete cascade,
    add column made    timestamptz not null default now(),
    add column seen    timestamptz not null default now(),
    add column address text not null default '',
    add column agent   text not null default '',
    add constraint sessions_whose check ((account is null) <> (display is null));
  create index on sessions (account);
  create table sign_in_failures (
    name    text not null,
    address text not null,
    at      timestamptz not null default now()
  );
  create index on sign_in_failures (name, at);
  create table account_acts (
    id    bigint generated always as identity primary key,
    at    timestamptz(3) not null default now(),
    by    text not null,
    what  text not null,
    about text not null
  );
  `,
  `
  -- Files that are being imported: what they hold lies here until somebody takes it into the log or
  -- leaves it. Any server can go on with what another began.
  create table imports (
    id        integer generated always as identity primary key,
    kind      text not null,
    name      text not null,
    unit      text,
    author    text not null,
    made      timestamptz(3) not null default now(),
    -- Last sign of life of whoever works on it.
    touched   timestamptz(3) not null default now(),
    state     text not null default 'reading',
    progress  real not null default 0,
    head      jsonb,
    mapping   jsonb not null,
    counts    jsonb not null default '{"new": 0, "changed": 0, "same": 0, "refused": 0, "duplicates": 0}',
    failure   jsonb,
    applied   jsonb,
    undone    jsonb
  );
  -- The file itself, in pieces, so that it can be read again with another mapping.
  create table import_parts (
    import integer not null references imports on delete cascade,
    part   integer not null,
    bytes  bytea not null,
    primary key (import, part)
  );
  alter table import_parts alter column bytes set storage external;
  create table import_rows (
    import  integer not null references imports on delete cascade,
    row     integer not null,
    outcome text not null,
    -- Of a new thing: it is perhaps there already.
    near    boolean not null,
    label   text not null,
    lon     double precision,
    lat     double precision,
    subject bigint,
    base    integer,
    type    text,
    data    jsonb not null,
    before  jsonb,
    reasons jsonb not null,
    raw     jsonb not null,
    -- Why the undoing of the import left it.
    remains jsonb,
    primary key (import, row)
  );
  create index import_rows_outcome on import_rows (import, outcome, row);
  -- How the columns of a province's files are to be read.
  create table import_mappings (
    unit    text not null,
    kind    text not null,
    mapping jsonb not null,
    author  text not null,
    changed timestamptz(3) not null default now(),
    primary key (unit, kind)
  );
  `,
  `
  -- Whether a province asks for approval: the newest row of each says, the others are its past.
  create table review_settings (
    id       bigint generated always as identity primary key,
    at       timestamptz(3) not null default now(),
    by       text not null,
    province text not null,
    required boolean not null
  );
  create index on review_settings (province, id);
  -- Commands that wait for an approver, and what became of them.
  create table proposals (
    id          integer generated always as identity primary key,
    key         text not null unique,
    author      text not null,
    made        timestamptz(3) not null default now(),
    units       text[] not null,
    provinces   text[] not null,
    command     jsonb not null,
    noun        text not null,
    subject     bigint,
    base        integer,
    before      jsonb,
    state       text not null default 'open'
                check (state in ('open', 'accepted', 'returned', 'withdrawn', 'outdated')),
    word        text not null default '',
    decided_by  text,
    decided     timestamptz(3),
    seq         bigint,
    outdated_by jsonb,
    constraint proposals_decided check ((state = 'open') = (decided is null))
  );
  create index on proposals (state, id);
  create index on proposals (author, id);
  `,
  `
  -- Photos, without anything but their picture. Its subject is the thing that an event showed with it.
  create table photos (
    id      text primary key,
    kind    text not null,
    width   integer not null,
    height  integer not null,
    bytes   bytea not null,
    by      text not null,
    stored  timestamptz not null default now(),
    subject bigint
  );
  alter table photos alter column bytes set storage external;
  create index on photos (subject);
  -- Of a report from the field what is personal, or may be: it can be erased, and the log goes on.
  create table report_details (
    report   bigint primary key,
    words    text not null,
    contact  text not null,
    lon      double precision,
    lat      double precision,
    photo    text references photos on delete set null,
    language text not null,
    erased   timestamptz(3),
    erased_by text
  );
  -- What a reporter follows their report with, as its SHA-256.
  create table report_followers (
    token  text primary key,
    report bigint not null unique
  );
  -- What the commune says to the reporter with a step; the step itself is the event of the same key.
  create table report_answers (
    key    text primary key,
    report bigint not null,
    words  text not null
  );
  create index on report_answers (report);
  -- Who sent a report lately, to slow down floods; forgotten after a day.
  create table report_sends (
    address text not null,
    commune text not null,
    at      timestamptz not null default now()
  );
  create index on report_sends (address, at);
  create index on report_sends (commune, at);
  `,
  `
  -- Where the rows of an import happen, so that whoever keeps those units sees it.
  alter table imports add column units text[];
  `,
  `
  -- What the rows of an import were checked against, and the proposal that it last was.
  alter table imports add column checked jsonb, add column proposal integer;
  -- A proposal is one command, or a file: what of it must be known when its import is gone.
  alter table proposals
    alter column command drop not null,
    add column file jsonb,
    add constraint proposals_what check ((command is null) <> (file is null));
  `,
  `
  -- What walls show, view by view, under the name by which their address asks for it.
  create table tours (
    code       text primary key,
    version    integer not null default 1,
    name       text not null,
    scenes     jsonb not null,
    changed_by text not null,
    changed    timestamptz(3) not null default now()
  );
  `,
  `
  -- The outages of the data network are told from its own events, a few among all the others.
  create index events_of_network on events (seq)
    where type in ('node.add', 'node.change', 'node.remove',
                   'link.add', 'link.change', 'link.remove');
  `,
  `
  -- Rules of alerts, each with a version, so that nobody saves over what they have not seen.
  create table alert_rules (
    id         integer generated always as identity primary key,
    version    integer not null default 1,
    body       jsonb not null,
    changed_by text not null,
    changed    timestamptz(3) not null default now()
  );
  -- What rules found, with what of the rule must be known when it is gone.
  create table alerts (
    id               integer generated always as identity primary key,
    rule             integer not null,
    rule_name        text not null,
    rule_version     integer not null,
    watch            jsonb not null,
    wall             boolean not null,
    severity         text not null,
    key              text not null,
    unit             text not null,
    province         text,
    thing            jsonb,
    facts            jsonb not null,
    raised           timestamptz(3) not null,
    told             timestamptz(3),
    times            integer not null,
    -- Since when it is found no more, and since when it is over because it stayed so.
    gone             timestamptz(3),
    ended            timestamptz(3),
    acknowledged     timestamptz(3),
    acknowledged_by  text,
    word             text not null default '',
    -- Whether those who hear of it have heard that somebody took it on.
    acknowledged_told boolean not null default false,
    escalated        timestamptz(3),
    -- It is over, and nothing is left to be said of it.
    closed           boolean not null default false,
    constraint alerts_acknowledged check ((acknowledged is null) = (acknowledged_by is null))
  );
  create unique index alerts_open on alerts (rule, key) where ended is null;
  create index alerts_standing on alerts (rule) where not closed;
  create index alerts_over on alerts (ended, id) where ended is not null;
  -- Who hears of alerts outside of the page.
  create table webhooks (
    id         integer generated always as identity primary key,
    version    integer not null default 1,
    name       text not null,
    url        text not null,
    secret     text not null,
    active     boolean not null,
    lost       integer not null default 0,
    last       jsonb,
    changed_by text not null,
    changed    timestamptz(3) not null default now()
  );
  -- What they are told: written with what it tells of, sent until it has arrived or is given up.
  create table alert_deliveries (
    id       bigint generated always as identity primary key,
    webhook  integer not null references webhooks on delete cascade,
    message  text not null,
    type     text not null,
    body     text not null,
    made     timestamptz(3) not null,
    state    text not null default 'waiting' check (state in ('waiting', 'delivered', 'lost')),
    attempts integer not null default 0,
    next     timestamptz(3) not null,
    -- It was refused, and need not be waited for by those behind it.
    aside    boolean not null default false,
    last     jsonb
  );
  create index alert_deliveries_of on alert_deliveries (webhook, id);
  create index alert_deliveries_waiting on alert_deliveries (webhook, id) where state = 'waiting';
  -- The one row of whoever keeps the alerts of this database. Their version grows with every change.
  create table alert_watch (
    one       boolean primary key default true check (one),
    version   bigint not null default 0,
    keeper    text not null default '',
    -- From when to when somebody has listened without a break.
    listening timestamptz(3),
    listened  timestamptz(3),
    furnished boolean not null default false
  );
  -- When something last came from each province.
  create table alert_heard (
    province text primary key,
    at       timestamptz(3) not null
  );
  -- People of a province whom a signal reached, on which ground that was counted.
  create table alert_samples (
    province   text not null,
    at         timestamptz(3) not null,
    ground     text not null,
    population integer not null,
    covered    integer not null,
    by_4g      integer not null,
    by_5g      integer not null,
    primary key (province, at)
  );
  `,
  `
  -- A rule that was removed stays, switched off, until whoever heard of its alerts has heard of their end.
  alter table alert_rules add column removed boolean not null default false;
  -- Those of rules that were taken away until now end here: nothing is there any more that would end them.
  update alerts set ended = coalesce(ended, now()), closed = true
    where not closed and rule not in (select id from alert_rules);
  `,
];

/** How far the tables of this version have come. */
export const NEWEST_MIGRATION = MIGRATIONS.length;

/** Brings the tables up to date; safe with several servers at once. */
export async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await oneAtATime(client, async () => {
      for (let next = (await migrationOf(client)) + 1; next <= NEWEST_MIGRATION; next++) {
        await client.query('begin');
        await migrateTo(client, next);
        await client.query('commit');
      }
    });
  } finally {
    client.release();
  }
}

/** Does work that changes the tables while nobody else does; its transaction ends with its failure. */
export async function oneAtATime<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    return await work();
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
  }
}

/** How far the tables have come; 0 where there are none. */
export async function migrationOf(client: ClientBase): Promise<number> {
  const there = await client.query<{ there: boolean }>(
    `select to_regclass('migrations') is not null as there`,
  );
  if (!there.rows[0]?.there) return 0;
  const done = await client.query<{ last: number | null }>(
    'select max(number) as last from migrations',
  );
  return done.rows[0]?.last ?? 0;
}

/** Brings the tables as far as a migration, within the transaction of whoever calls. */
export async function migrateTo(client: ClientBase, last: number): Promise<void> {
  const done = await migrationOf(client);
  await client.query('create table if not exists migrations (number integer primary key)');
  for (let number = done + 1; number <= last; number++) {
    await client.query(MIGRATIONS[number - 1] ?? '');
    await client.query('insert into migrations (number) values ($1)', [number]);
  }
}
