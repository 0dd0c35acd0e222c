/** The tasks and where their panels are: each is loaded when it is first opened. */
import type { Component } from 'svelte';
import type { Account } from '../../data/model/account.ts';
import { isApprover, mayKeepTours, proposes, worksInTheField } from '../../data/wire/authority.ts';
import { WIDE_SHOWS, wishIn } from '../network/choices.ts';
import type { OpenTask, TaskName } from '../view/view.svelte.ts';

export const TASK_PANELS: Record<TaskName, () => Promise<{ default: Component }>> = {
  alerts: () => import('../alerts/Alerts.svelte'),
  gaps: () => import('../gaps/Gaps.svelte'),
  scenarios: () => import('../scenarios/Scenarios.svelte'),
  plans: () => import('../plans/Plans.svelte'),
  progress: () => import('../progress/Progress.svelte'),
  indicators: () => import('../indicators/Indicators.svelte'),
  programmes: () => import('../programmes/Programmes.svelte'),
  time: () => import('../time/Time.svelte'),
  methods: () => import('../methods/Methods.svelte'),
  network: () => import('../network/Network.svelte'),
  register: () => import('../register/Register.svelte'),
  edit: () => import('../edit/Edit.svelte'),
  imports: () => import('../imports/Imports.svelte'),
  review: () => import('../review/Review.svelte'),
  reports: () => import('../reports/Reports.svelte'),
  field: () => import('../field/Field.svelte'),
  tours: () => import('../tours/Tours.svelte'),
  people: () => import('../people/People.svelte'),
};

const WIDE_TASKS: readonly TaskName[] = [
  ...(['progress', 'indicators', 'programmes', 'register', 'imports', 'people'] as const),
];

/** Whether the panel of a task is a board to be read, with the map beside it for company. */
export function isWide({ name, choices }: OpenTask): boolean {
  if (name === 'network') return WIDE_SHOWS.includes(wishIn(choices).show);
  return WIDE_TASKS.includes(name);
}

/** Whether a task is anything to somebody; null: to whoever is not signed in. */
export function isOffered(name: TaskName, account: Account | null): boolean {
  switch (name) {
    case 'edit':
    case 'imports':
      return account !== null && account.role !== 'viewer';
    case 'review':
      return account !== null && (isApprover(account) || proposes(account));
    case 'field':
      return account !== null && worksInTheField(account);
    case 'tours':
      return account !== null && mayKeepTours(account);
    case 'people':
      return account?.role === 'operator';
    default:
      return true;
  }
}
