/**
 * Decree 88/2025/NĐ-CP: the support for rolling out 5G counts outdoor stations accepted in these days,
 * each for one operator, of an operator that has so many of them.
 */
export const DECREE_88 = { from: '2025-02-19', to: '2025-12-31', threshold: 20_000 } as const;
