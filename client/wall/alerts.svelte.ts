/** The alerts of the country on the wall: those that are open, and the one that interrupts its tour. */
import { interruptionAt, type Interruption } from '../../data/alerts/on-wall.ts';
import type { Alert } from '../../data/wire/alerts.ts';
import { NATION } from '../../data/model/unit.ts';
import { FollowedAlerts } from '../alerts/followed.svelte.ts';
import { countOf } from '../alerts/news.ts';
import { live } from '../live/live.svelte.ts';
import { now } from '../view/now.svelte.ts';

export class WallAlerts {
  readonly #open = new FollowedAlerts();
  /** Those that are over tell which turns the others have had. */
  readonly #over = new FollowedAlerts();
  /** The worst first. Reactive. */
  readonly alerts: readonly Alert[] = $derived(this.#open.newest?.answer.alerts ?? []);
  /** How many are open, also of those that are not listed. Reactive. */
  readonly count = $derived(this.#open.newest ? countOf(this.#open.newest.answer) : 0);
  /** Whether it is known how many there are. Reactive. */
  readonly known = $derived(this.#open.newest !== null);
  readonly #all: readonly Alert[] = $derived([
    ...this.alerts,
    // One that ended between the two questions is in both answers.
    ...(this.#over.newest?.answer.alerts ?? []).filter(
      ({ id }) => !this.alerts.some((alert) => alert.id === id),
    ),
  ]);
  readonly #now: Interruption | null = $derived(
    live.line.state === 'offline' ? null : interruptionAt(this.#all, now.ms),
  );
  /** What interrupts the tour, for a name: the same while the same is shown. Reactive. */
  readonly key = $derived(
    this.#now && (this.#now.show === 'alert' ? `alert ${this.#now.id}` : `many ${this.#now.from}`),
  );
  /** What interrupts the tour. Reactive: each second, for how much of its time is gone. */
  readonly interruption = $derived(this.#now);
  /** The alert that does; null where it is many, or nothing. Reactive. */
  readonly interrupting = $derived.by(() => {
    const shown = this.#now;
    return shown?.show === 'alert' ? (this.#all.find(({ id }) => id === shown.id) ?? null) : null;
  });

  /** To be made within a component. */
  constructor() {
    const isLive = $derived(live.line.state === 'live');
    $effect(() => {
      if (!isLive) return;
      const stops = [this.#open.follow(NATION), this.#over.follow(NATION, 'over')];
      return () => stops.forEach((stop) => stop());
    });
  }
}
