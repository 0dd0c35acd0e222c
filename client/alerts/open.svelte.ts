/** What of the alerts is known whatever is open: how many there are, and what has just been told. */
import type { Alert } from '../../data/wire/alerts.ts';
import { SEVERITIES } from '../../data/alerts/rule.ts';
import { live } from '../live/live.svelte.ts';
import { session } from '../session/session.svelte.ts';
import { FollowedAlerts } from './followed.svelte.ts';
import { countOf, newlyTold, watchedUnit } from './news.ts';

/** How long what was told stands on the page. */
const TOLD_MS = 15_000;

class OpenAlerts {
  /** Told a moment ago, the worst first; empty when nothing was. Reactive. */
  told = $state.raw<readonly Alert[]>([]);
  readonly #followed = new FollowedAlerts();
  /** Reactive. */
  readonly count = $derived(this.#followed.newest ? countOf(this.#followed.newest.answer) : 0);
  /** The worst severity of them; null where there is none. Reactive. */
  readonly worst = $derived.by(() => {
    const counts = this.#followed.newest?.answer.counts;
    return SEVERITIES.findLast((severity) => (counts?.[severity] ?? 0) > 0) ?? null;
  });
  #dismissing: ReturnType<typeof setTimeout> | undefined;

  /** To be called once within a component. */
  follow(): void {
    const unit = $derived(watchedUnit(session.account));
    const isLive = $derived(live.line.state === 'live');
    let before: FollowedAlerts['newest'] = null;
    // Not before the line says that somebody may look; and again when it is back.
    $effect(() => (isLive ? this.#followed.follow(unit) : undefined));
    $effect(() => {
      const { newest } = this.#followed;
      if (!newest) return;
      const same = before?.question === newest.question ? before.answer : null;
      const told = newlyTold(same, newest.answer);
      before = newest;
      if (told.length > 0) this.#tell(told);
    });
    $effect(() => () => clearTimeout(this.#dismissing));
  }

  /** What was told has been seen. */
  dismiss(): void {
    clearTimeout(this.#dismissing);
    this.told = [];
  }

  /** It stays while somebody looks at it, and goes by itself. */
  keep(kept: boolean): void {
    clearTimeout(this.#dismissing);
    if (!kept) this.#dismissing = setTimeout(() => this.dismiss(), TOLD_MS);
  }

  #tell(told: readonly Alert[]): void {
    this.told = told;
    this.keep(false);
  }
}

export const openAlerts = new OpenAlerts();
