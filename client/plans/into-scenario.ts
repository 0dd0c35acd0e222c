/** The sites of a plan as draft stations of a scenario. */
import { MOST_STATIONS, stationsNamed, type Draft } from '../../data/wire/scenarios.ts';
import type { PlanSite } from '../../data/wire/plans.ts';
import { desk } from '../scenarios/desk.svelte.ts';
import { view } from '../view/view.svelte.ts';

/** Drafts in the order of the plan; `nameOf` names the commune of each. */
export function draftsOf(sites: readonly PlanSite[], nameOf: (commune: string) => string): Draft[] {
  return sites.map(({ lon, lat, operator, technology, band, heightM, commune }, index) => ({
    ...{ name: `${nameOf(commune)} ${index + 1}`, operator, technology, band, lon, lat, heightM },
    ...{ status: 'on_air', simulated: false, source: '' },
  }));
}

/** Puts as many as fit into the scenario that is not saved yet, beside what is there, and opens it. */
export function putIntoScenario(drafts: readonly Draft[], name: string): void {
  desk.layNew();
  const room = MOST_STATIONS - stationsNamed(desk.content);
  desk.edit({ ...desk.content, add: [...desk.content.add, ...drafts.slice(0, room)] });
  if (desk.name === '') desk.rename(name);
  view.openTask('scenarios');
  view.choose({ id: 'new' });
}
