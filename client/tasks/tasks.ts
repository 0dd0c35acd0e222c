/** The tasks and where their panels are: each is loaded when it is first opened. */
import type { Component } from 'svelte';
import type { TaskName } from '../view/view.svelte.ts';

export const TASK_PANELS: Record<TaskName, () => Promise<{ default: Component }>> = {
  gaps: () => import('../gaps/Gaps.svelte'),
  scenarios: () => import('../scenarios/Scenarios.svelte'),
  plans: () => import('../plans/Plans.svelte'),
  progress: () => import('../progress/Progress.svelte'),
  methods: () => import('../methods/Methods.svelte'),
  reports: () => import('../reports/Reports.svelte'),
  field: () => import('../field/Field.svelte'),
};

/** Tasks whose panel is a board to be read, with the map beside it for company. */
export const WIDE_TASKS: readonly TaskName[] = ['progress'];
