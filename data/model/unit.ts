/** Codes of units and their forms as numbers: feature ids in tiles and columns hold numbers. */

/** `vn`: the nation. */
export const NATION = 'vn';

export type UnitLevel = 'nation' | 'province' | 'commune';

export function levelOf(unit: string): UnitLevel {
  return unit === NATION ? 'nation' : unit.length === 2 ? 'province' : 'commune';
}

/** `00004` → 4; 0 for anything that is no commune code. */
export function communeNumberOf(code: unknown): number {
  return typeof code === 'string' && /^\d{5}$/.test(code) ? Number(code) : 0;
}

/** 4 → `00004`. */
export function communeCodeOf(number: number): string {
  return String(number).padStart(5, '0');
}

/** 1 → `01`. */
export function provinceCodeOf(number: number): string {
  return String(number).padStart(2, '0');
}
