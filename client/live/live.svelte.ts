/**
 * The live country on this screen: what the connection brings is noted by the follower, applied at
 * most once a frame, and told to whoever draws or counts.
 */
import { skipTo, type Touched } from '../../data/log/apply.ts';
import type { Event } from '../../data/log/event.ts';
import { emptyCountry, type Country } from '../../data/model/country.ts';
import type { UnitEstimates } from '../../data/model/estimate.ts';
import { NATION } from '../../data/model/unit.ts';
import type { CommandAnswer, CommandInput } from '../../data/wire/commands.ts';
import type { EstimateTables, Snapshot } from '../../data/wire/snapshot.ts';
import { WIRE_VERSION, type Estimates, type Present, type Status } from '../../data/wire/stream.ts';
import { keepLastKnown, recallLastKnown } from '../offline/last-known.ts';
import { view } from '../view/view.svelte.ts';
import { ChangeList } from './changes.ts';
import { openConnection, type Connection } from './connection.ts';
import { Counting } from './counting.ts';
import { downloadChanges, downloadSnapshot, downloadUnits, SignedOut } from './download.ts';
import { EstimateBook } from './estimates.ts';
import { CONNECTING_MS, Follower } from './follower.ts';
import { oncePerFrame } from './frames.ts';
import { lineIsAway } from './giving-up.ts';
import type { Counts, Line, Live, Past, Shown, Unit } from './live.ts';
import { Standing } from './standing.ts';
import { turnedAway } from './turned-away.ts';
import { standsIn } from './whereabouts.ts';

/** Time in a frame that applying may take before the rest waits for the next one. */
const APPLY_MS = 4;
const CHANGES_KEPT = 200;
/** How old the first snapshot may be: one that is at hand already saves the server making another. */
const FIRST_AGED_S = 10;
const CHANGES_MS = 400;
/** The country is kept on this machine at least so often, while it changes. */
const KEEP_MS = 5 * 60_000;
/** And for the first time so long after it has come, when the screen has settled. */
const KEEP_FIRST_MS = 10_000;

class LiveStore implements Live {
  line = $state.raw<Line>({ state: 'connecting' });
  keptAt = $state<number | null>(null);
  status = $state.raw<Status | null>(null);
  revision = $state(0);
  loading = $state<number | null>(0);
  units = $state.raw<ReadonlyMap<string, Unit>>(new Map());
  changes = $state.raw<readonly Event[]>([]);
  present = $state.raw<Present | null>(null);
  clockOffsetMs = 0;
  lookingBack = $state(false);

  /** Whether anybody shows the latest changes: until then they are neither asked for nor gathered. */
  #listing = $state(false);
  #attended: number | null = null;
  #connection: Connection | null = null;
  #follower: Follower | null = null;
  /** As it is now; it is kept at pace while the past is shown. */
  #present: Standing | null = null;
  #past: Standing | null = null;
  #changes = new ChangeList(NATION, CHANGES_KEPT);
  /** The older ones of the list could not be asked for. */
  #changesLack = false;
  #changesTimer: ReturnType<typeof setTimeout> | undefined;
  /** Territory of which `units` are. */
  #unitsOf: string | null = null;
  #download = new AbortController();
  /** Number up to which the country is kept on this machine. */
  #keptSeq = -1;
  #touchedListeners = new Set<(touched: readonly Touched[], events: readonly Event[]) => void>();
  #presentListeners = new Set<(touched: readonly Touched[], events: readonly Event[]) => void>();
  #estimateListeners = new Set<(units: readonly string[]) => void>();
  #proposalListeners = new Set<() => void>();
  #alertListeners = new Set<() => void>();
  #changedEstimates = new Set<string>();
  #work = oncePerFrame(() => this.#applyWhatCame());

  get country(): Country | null {
    return (this.#past ?? this.#present)?.country ?? null;
  }

  countsOf(unit: string): Counts {
    return (this.#past ?? this.#present)?.counting.countsOf(unit) ?? NOTHING;
  }

  estimatesOf(unit: string): UnitEstimates | undefined {
    return (this.#past ?? this.#present)?.estimates.of(unit);
  }

  readonly today: Shown = {
    country: () => this.#present?.country ?? null,
    estimatesOf: (unit) => this.#present?.estimates.of(unit),
    onTouched: (listener) => listening(this.#presentListeners, listener),
  };

  showPast(snapshot: Snapshot): void {
    this.#past = new Standing(snapshot, this.units);
    this.lookingBack = true;
    this.#tellAll(this.#past);
  }

  stepPast(events: readonly Event[]): void {
    const past = this.#past;
    if (!past) return;
    const touched = events.map((event) => past.apply(event));
    for (const listener of this.#touchedListeners) listener(touched, events);
    this.revision++;
  }

  estimatePast(estimates: EstimateTables, seq: number): void {
    if (!this.#past) return;
    this.#past.estimates = new EstimateBook(estimates, seq);
    for (const listener of this.#estimateListeners) listener(this.#past.estimates.units);
    this.revision++;
  }

  showPresent(): void {
    if (!this.#past) return;
    this.#past = null;
    this.lookingBack = false;
    if (this.#present) this.#tellAll(this.#present);
  }

  /** Everything on the screen is of another country now. */
  #tellAll({ estimates }: Standing): void {
    for (const listener of this.#touchedListeners) listener([{ kind: 'all' }], []);
    for (const listener of this.#estimateListeners) listener(estimates.units);
    this.revision++;
  }

  onTouched(listener: (touched: readonly Touched[], events: readonly Event[]) => void): () => void {
    return listening(this.#touchedListeners, listener);
  }

  onEstimates(listener: (units: readonly string[]) => void): () => void {
    return listening(this.#estimateListeners, listener);
  }

  onProposals(listener: () => void): () => void {
    return listening(this.#proposalListeners, listener);
  }

  onAlerts(listener: () => void): () => void {
    return listening(this.#alertListeners, listener);
  }

  #tellProposals(): void {
    for (const listener of this.#proposalListeners) listener();
  }

  #tellAlerts(): void {
    for (const listener of this.#alertListeners) listener();
  }

  async send(command: CommandInput): Promise<CommandAnswer> {
    if (!this.#connection) {
      const message = 'There is no connection to the server yet.';
      return { error: { code: 'unavailable', message } };
    }
    const answer = await this.#connection.command(command);
    if ('error' in answer && answer.error.code === 'unauthenticated') turnedAway();
    return answer;
  }

  listChanges(): void {
    this.#listing = true;
  }

  attend(thing: number | null): void {
    this.#attended = thing;
    this.present = null;
    this.#connection?.attend(thing);
  }

  /** Connects and loads; called again after signing in, it tries what was refused once more. */
  start(): void {
    const known = this.#follower;
    if (known) {
      this.#note(() => known.signedIn(performance.now()));
      this.#connection?.reconnect();
      // Whoever has an account is told who made them.
      if (this.#listing) void this.#loadChanges(view.unit);
      return;
    }
    const now = (): number => performance.now();
    const follower = new Follower(
      {
        follow: (seq) => this.#connection?.follow(seq),
        loadSnapshot: (delayMs) => void this.#load(delayMs),
        reconnect: () => this.#connection?.reconnect(),
      },
      Math.random,
      now(),
    );
    this.#follower = follower;
    void this.#load(0);
    this.#connection = openConnection({
      connected: () => {
        this.#note(() => follower.connected(now()));
        // What was told while the line was cut is not known.
        this.#tellProposals();
        this.#tellAlerts();
        if (this.#attended !== null) this.#connection?.attend(this.#attended);
      },
      disconnected: () => this.#note(() => follower.disconnected(now())),
      refused: () => this.#note(() => follower.snapshotFailed('signed_out')),
      status: (status) => this.#note(() => this.#takeStatus(status, follower, now())),
      events: (batch) => this.#note(() => follower.events(batch, now())),
      estimates: (estimates) => this.#note(() => this.#takeEstimates(estimates)),
      reset: (reset) => this.#note(() => follower.reset(reset, now())),
      proposals: () => this.#tellProposals(),
      alerts: () => this.#tellAlerts(),
      present: (present) => {
        if (present.thing === this.#attended) this.present = present;
      },
    });
    setInterval(() => this.#note(() => follower.tick(now())), 1_000);
    setInterval(() => void this.#keep(), KEEP_MS);
    setTimeout(() => void this.#showLastKnown(), CONNECTING_MS);
    const tryAtOnce = (): void => {
      if (!document.hidden && this.#connection?.open === false) this.#connection.reconnect();
    };
    addEventListener('online', tryAtOnce);
    document.addEventListener('visibilitychange', tryAtOnce);
    document.addEventListener('visibilitychange', () => document.hidden && void this.#keep());
    $effect.root(() => {
      $effect(() => {
        const unit = view.unit;
        void this.units;
        if (this.#listing) void this.#loadChanges(unit);
      });
    });
  }

  #note(happened: () => void): void {
    happened();
    this.#showLine();
    this.#work();
  }

  /** `since` in wall-clock time, which is what a person is told. */
  #showLine(): void {
    const line = this.#follower?.line(performance.now()) ?? { state: 'connecting' };
    if ('since' in line) line.since = Math.round(performance.timeOrigin + line.since);
    const shown = this.line;
    const same =
      shown.state === line.state &&
      (!('since' in shown) || !('since' in line) || Math.abs(shown.since - line.since) < 1_000);
    if (same) return;
    this.line = line;
    lineIsAway(line.state === 'offline');
    if (line.state === 'offline') void this.#keep();
  }

  #takeStatus(status: Status, follower: Follower, now: number): void {
    if (status.wire !== WIRE_VERSION) reloadOnce(status.build);
    this.clockOffsetMs = Date.parse(status.now) - Date.now();
    this.status = status;
    follower.status(status, now);
  }

  #takeEstimates(estimates: Estimates): void {
    for (const unit of this.#present?.estimates.patch(estimates) ?? [])
      this.#changedEstimates.add(unit);
  }

  #applyWhatCame(): void {
    const present = this.#present;
    const follower = this.#follower;
    if (!follower || !present) return;
    const { country } = present;
    const touched: Touched[] = [];
    const events: Event[] = [];
    /** Those in the open unit, before or after. */
    const here: Event[] = [];
    const until = performance.now() + APPLY_MS;
    try {
      while (performance.now() < until) {
        const batch = follower.take();
        if (!batch) break;
        for (const event of batch.events) {
          skipTo(country, event.seq - 1);
          const { unit } = this.#changes;
          const isHere = (): boolean => this.#listing && standsIn(unit, event, country, this.units);
          const wasHere = isHere();
          touched.push(present.apply(event));
          events.push(event);
          if (wasHere || isHere()) here.push(event);
        }
        skipTo(country, batch.to);
      }
    } catch (error) {
      console.error(error);
      follower.broken(performance.now());
    }
    const estimates = [...this.#changedEstimates];
    this.#changedEstimates.clear();
    if (events.length > 0) this.#tellTouched(touched, events);
    if (here.length > 0) {
      this.#changes.add(here);
      this.#showChanges();
    }
    // While the past is shown the present goes on unseen.
    if (!this.#past) {
      if (estimates.length > 0) for (const listener of this.#estimateListeners) listener(estimates);
      if (events.length > 0 || estimates.length > 0) this.revision++;
    }
    this.#showLine();
    if (follower.waiting > 0) this.#work();
  }

  #tellTouched(touched: readonly Touched[], events: readonly Event[]): void {
    for (const listener of this.#presentListeners) listener(touched, events);
    if (this.#past) return;
    for (const listener of this.#touchedListeners) listener(touched, events);
  }

  /** Lists the latest changes, at the pace at which a list can be read. */
  #showChanges(): void {
    if (this.#changesTimer !== undefined) return;
    this.#changesTimer = setTimeout(() => {
      this.#changesTimer = undefined;
      this.changes = this.#changes.list;
    }, CHANGES_MS);
  }

  async #load(delayMs: number): Promise<void> {
    this.#download.abort();
    const download = (this.#download = new AbortController());
    const { signal } = download;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (signal.aborted) return;
    if (!this.#present) this.loading = 0;
    const fresh = this.units.size === 0 ? downloadUnits(signal) : null;
    // A failure is met below, after the snapshot; until then it must not count as unhandled.
    fresh?.catch(() => undefined);
    try {
      const snapshot = await downloadSnapshot(
        (share) => {
          if (!this.#present) this.loading = share;
        },
        signal,
        // The stream brings the rest. Who is told to start over has been too far behind for that.
        this.#present ? 0 : FIRST_AGED_S,
      );
      const territory = snapshot.country.territory?.hash ?? null;
      const stale = this.#unitsOf !== territory;
      const units = await (fresh ?? (stale ? downloadUnits(signal) : this.units));
      if (!signal.aborted) this.#replace(snapshot, units, territory);
    } catch (error) {
      if (signal.aborted) return;
      const why = error instanceof SignedOut ? 'signed_out' : 'unreachable';
      this.#follower?.snapshotFailed(why);
      this.#showLine();
      if (why === 'unreachable') void this.#showLastKnown();
    }
  }

  #replace(snapshot: Snapshot, units: ReadonlyMap<string, Unit>, territory: string | null): void {
    const isFirst = this.#present === null;
    this.keptAt = null;
    this.#show(snapshot, units, territory);
    this.#follower?.snapshotLoaded(snapshot.country.seq, territory, performance.now());
    this.#showLine();
    if (this.#changesLack) void this.#loadChanges(view.unit);
    if (isFirst) setTimeout(() => void this.#keep(), KEEP_FIRST_MS);
  }

  #show(snapshot: Snapshot, units: ReadonlyMap<string, Unit>, territory: string | null): void {
    const present = (this.#present = new Standing(snapshot, units));
    this.#unitsOf = territory;
    this.units = units;
    this.#changedEstimates.clear();
    this.loading = null;
    for (const listener of this.#presentListeners) listener([{ kind: 'all' }], []);
    if (!this.#past) this.#tellAll(present);
  }

  /** Keeps the country on this machine for a time without a line. */
  async #keep(): Promise<void> {
    const { units, status } = this;
    if (!this.#present || this.keptAt !== null) return;
    const { country, estimates } = this.#present;
    if (country.seq === this.#keptSeq) return;
    this.#keptSeq = country.seq;
    await keepLastKnown({ country, estimates: estimates.tables() }, units, status);
  }

  /** Shows what was kept, where nothing has come from the server yet; the server is asked on. */
  async #showLastKnown(): Promise<void> {
    if (this.#present || this.line.state === 'signed_out') return;
    const last = await recallLastKnown();
    if (!last || this.#present) return;
    this.keptAt = last.savedAt;
    this.status ??= last.status;
    this.#show(last.snapshot, last.units, last.snapshot.country.territory?.hash ?? null);
  }

  async #loadChanges(unit: string): Promise<void> {
    const list = new ChangeList(unit, CHANGES_KEPT);
    this.#changes = list;
    this.changes = [];
    this.#changesLack = false;
    try {
      const older = await downloadChanges(unit, CHANGES_KEPT, new AbortController().signal);
      if (this.#changes !== list) return;
      list.addOlder(older);
      this.changes = list.list;
    } catch {
      // The list fills with what happens from now on, until the server is reached.
      if (this.#changes === list) this.#changesLack = true;
    }
  }
}

/** A page of another version of the wire reloads itself, once for each build it meets. */
function reloadOnce(build: string): void {
  const key = 'reloaded-for';
  if (sessionStorage.getItem(key) === build) return;
  sessionStorage.setItem(key, build);
  location.reload();
}

/** Adds a listener and answers how to take it out again. */
function listening<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const NOTHING = new Counting(emptyCountry(), new Map()).countsOf(NATION);

const store = new LiveStore();
export const live: Live = store;
/** Puts a moment of the past in the place of the present on the whole screen, and back. */
export const past: Past = store;

/** Connects to the server and begins to follow; call it again after signing in. */
export function startLive(): void {
  store.start();
}
