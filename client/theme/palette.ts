/**
 * The colours of the map and its legend, dark (walls) and light (desks). The ramp of shares goes by
 * lightness within one family of hues, so that it reads the same for every kind of colour vision
 * and in print; the one accent, orange, lies opposite to it and is kept for people without a signal.
 */
import type { LineStatus, StationStatus } from '../../data/model/things.ts';

/** Lower ends (0–1) of the classes of the ramp; the last one is the national target of 90 %. */
export const RAMP_STEPS = [0, 0.1, 0.25, 0.4, 0.6, 0.75, 0.9] as const;

export interface MapPalette {
  sea: string;
  neighbours: string;
  neighbourBorder: string;
  /** A unit of which no estimate is known yet. */
  unknown: string;
  /** One colour for each of `RAMP_STEPS`. */
  ramp: readonly string[];
  /** From least to most through nothing in the middle: what is lost or gained, less or more. */
  difference: readonly string[];
  /** Of the duties of a unit, in the order of `DUTY_STATES`. */
  duties: readonly string[];
  provinceBorder: string;
  communeBorder: string;
  hovered: string;
  selected: string;
  label: string;
  labelHalo: string;
  seaLabel: string;
  /** By status; 5G and 4G on air differ, for both are looked at together. */
  stations: Record<StationStatus, string> & { on_air_4g: string };
  uncovered: string;
  resolved: string;
  lines: Record<LineStatus, string>;
  facility: string;
  facilityEdge: string;
  /** Of reports still to be handled: the ones that nobody has answered, and the others. */
  reports: { unanswered: string; open: string; edge: string };
}

export const PALETTES: Record<'dark' | 'light', MapPalette> = {
  dark: {
    sea: '#0a121c',
    neighbours: '#121b27',
    neighbourBorder: '#223041',
    unknown: '#1a2533',
    ramp: ['#1d2a3d', '#1d4057', '#1e566d', '#206f82', '#2a8894', '#45a2a2', '#70bdb1'],
    difference: ['#b38cd9', '#7f63a8', '#473d66', '#1d2a3d', '#1e4b5c', '#22788a', '#45b5b0'],
    duties: ['#c8456a', '#324156', '#4468a8', '#70bdb1'],
    provinceBorder: '#8fb3c4',
    communeBorder: '#6f94a6',
    hovered: '#e8f4f8',
    selected: '#ffffff',
    label: '#eef5f8',
    labelHalo: '#0a121c',
    seaLabel: '#86a5c4',
    stations: {
      planned: '#8ba3b8',
      building: '#c3b1ff',
      on_air: '#dcfff6',
      on_air_4g: '#86b6ff',
      down: '#ff5470',
      retired: '#5b6773',
    },
    uncovered: '#ff9e2c',
    resolved: '#7fd6b0',
    lines: { planned: '#77879a', up: '#b79cff', down: '#ff5470' },
    facility: '#f3e9ff',
    facilityEdge: '#4b2f86',
    reports: { unanswered: '#ffe14d', open: '#b9a542', edge: '#2b2400' },
  },
  light: {
    sea: '#dfe8ee',
    neighbours: '#eceeec',
    neighbourBorder: '#cfd6d6',
    unknown: '#e4e7e4',
    ramp: ['#f5f4ec', '#dfebe3', '#c4e0da', '#a2cfcd', '#7bbac0', '#55a3af', '#338899'],
    difference: ['#7a4aa0', '#ad8ac8', '#ddcfe8', '#f5f4ec', '#c4e0da', '#7bbac0', '#27808f'],
    duties: ['#cf5f7d', '#e3d9c3', '#a9bfe2', '#55a3af'],
    provinceBorder: '#35566a',
    communeBorder: '#6d8a97',
    hovered: '#0d2a3d',
    selected: '#000000',
    label: '#12222e',
    labelHalo: '#ffffff',
    seaLabel: '#4d6d88',
    stations: {
      planned: '#7d8a96',
      building: '#6a4bd1',
      on_air: '#08283f',
      on_air_4g: '#2357b8',
      down: '#c8143c',
      retired: '#a7adb3',
    },
    uncovered: '#d95a00',
    resolved: '#16805a',
    lines: { planned: '#8b949e', up: '#6b46c1', down: '#c8143c' },
    facility: '#3d2478',
    facilityEdge: '#ffffff',
    reports: { unanswered: '#c77d00', open: '#e2bd6e', edge: '#ffffff' },
  },
};

/** Lower ends of the classes of `difference`, as shares; the middle one is nothing at all. */
const DIFFERENCE_STEPS = [-Infinity, -0.2, -0.05, -0.005, 0.005, 0.05, 0.2] as const;

/** The class of `DIFFERENCE_STEPS` that a difference of shares (−1…1) falls into. */
export function differenceClass(difference: number): number {
  return DIFFERENCE_STEPS.findLastIndex((lower) => difference >= lower);
}

export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** `#rrggbb` and an alpha of 0–255 as four bytes. */
export function rgba(hex: string, alpha = 255): Rgba {
  const number = Number.parseInt(hex.slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255, alpha];
}

/** The class of `RAMP_STEPS` that a share (0–1) falls into. */
export function rampClass(share: number): number {
  let found = 0;
  RAMP_STEPS.forEach((lower, index) => {
    if (share >= lower) found = index;
  });
  return found;
}
