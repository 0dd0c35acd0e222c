import { describe, expect, it } from 'vitest';
import { BANDS, OPERATORS, TECHNOLOGIES } from '../../../data/model/things.ts';
import { peopleIn } from '../../../data/model/estimate.ts';
import { DEFAULT_LINK_BUDGET } from '../../../data/radio/link-budget.ts';
import type { PlanMethod, PlanSite } from '../../../data/wire/plans.ts';
import { CoverageByMethod } from '../../../server/coverage/methods.ts';
import { Random } from '../../../server/demo/random.ts';
import { makePlan } from '../../../server/plans/plan.ts';
import type { Cell } from '../coverage/little-country.ts';
import { questionFor, type Land } from './planning.ts';

/** Towns of one cell each, twenty kilometres apart: no site reaches two of them. */
const towns: Cell[] = [
  { lon: 105.0, lat: 18, people: 500, commune: '40001' },
  { lon: 105.2, lat: 18, people: 900, commune: '40002' },
  { lon: 105.4, lat: 18, people: 700, commune: '42001' },
  { lon: 105.6, lat: 18, people: 100, commune: '42002' },
];
const POPULATION = 2_200;

const gainsOf = (sites: readonly PlanSite[]) => sites.map(({ gain }) => gain);
const communesOf = (sites: readonly PlanSite[]) => sites.map(({ commune }) => commune);

describe('where the next sites should go', () => {
  it('is where most people are without a signal, then where most of the rest are', () => {
    const { sites, ended } = makePlan(questionFor({ cells: towns }, { count: 3 }));
    expect(gainsOf(sites)).toEqual([900, 700, 500]);
    expect(communesOf(sites)).toEqual(['40002', '42001', '40001']);
    expect(ended).toBe('count');
  });

  it('tells people and share after every site, beginning with what there is already', () => {
    const land: Land = { cells: towns, covered: (lon) => lon > 105.5 };
    const { curve } = makePlan(questionFor(land, { count: 2 }));
    expect(curve).toEqual([
      { sites: 0, people: 0, share: 100 / POPULATION },
      { sites: 1, people: 900, share: 1_000 / POPULATION },
      { sites: 2, people: 1_600, share: 1_700 / POPULATION },
    ]);
  });

  it('lies in the unit that was asked about, for its people alone', () => {
    // Two kilometres over the border live more people than anywhere here.
    const beyond: Cell = { lon: 105.42, lat: 18, people: 5_000, commune: '40003' };
    const land: Land = { cells: [...towns, beyond] };
    const { sites, curve } = makePlan(questionFor(land, { count: 9, unit: '42' }));
    expect(communesOf(sites)).toEqual(['42001', '42002']);
    expect(gainsOf(sites)).toEqual([700, 100]);
    expect(curve.at(-1)?.share).toBe(1);
  });

  it('says how many places there were when more sites are asked for than anybody needs', () => {
    const { sites, candidates, ended } = makePlan(questionFor({ cells: towns }, { count: 10_000 }));
    expect(sites).toHaveLength(4);
    expect(candidates).toBeGreaterThanOrEqual(4);
    expect(ended).toBe('covered');
  });

  it('is nowhere when everybody has the signal', () => {
    const plan = makePlan(questionFor({ cells: towns, covered: () => true }, { count: 5 }));
    expect(plan.sites).toEqual([]);
    expect(plan.curve).toEqual([{ sites: 0, people: 0, share: 1 }]);
    expect(plan.guarantee.proven).toBe(1);
  });

  it('is the same whenever the same is asked', () => {
    const land = scattered(3);
    const asked = { count: 20, limits: { perProvince: 9 } };
    expect(makePlan(questionFor(land, asked))).toEqual(makePlan(questionFor(land, asked)));
  });

  it('tells how far it is, up to the whole', () => {
    const told: number[] = [];
    makePlan(questionFor({ cells: towns }, { count: 4 }), (share) => told.push(share));
    expect(told).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });
});

describe('the people that a plan promises', () => {
  it.each(['radius', 'linkBudget'] as const)(
    'are those that the coverage engine counts when its sites go on air: %s',
    (method) => {
      for (const seed of [1, 2, 3]) {
        const question = questionFor(scattered(seed), { count: 12, method });
        const coverage = new CoverageByMethod(question.grid, DEFAULT_LINK_BUDGET);
        const { sites } = makePlan(question);
        expect(sites.length).toBeGreaterThan(5);
        for (const site of sites) {
          expect(site.lon).toBe(Math.round(site.lon * 1e6) / 1e6);
          expect(site.lat).toBe(Math.round(site.lat * 1e6) / 1e6);
          const before = covered(coverage, method);
          coverage.replace(null, {
            ...{ lon: site.lon, lat: site.lat, heightM: site.heightM },
            operator: OPERATORS.indexOf(site.operator),
            technology: TECHNOLOGIES.indexOf(site.technology),
            band: BANDS.indexOf(site.band),
            azimuth: NaN,
            beamwidth: NaN,
          });
          expect(covered(coverage, method) - before).toBe(site.gain);
        }
      }
    },
  );

  function covered(coverage: CoverageByMethod, method: PlanMethod): number {
    return peopleIn(coverage.by(method)?.row('vn') ?? [], '5g');
  }
});

describe('places', () => {
  it('are masts that stand, where nothing does better, at the height that they have', () => {
    const mast = { lon: 105.2, lat: 18, commune: '40002', heightM: 60 };
    const land: Land = { cells: towns, masts: [{ ...mast, heightM: 42 }, mast] };
    const { sites } = makePlan(questionFor(land, { count: 2 }));
    expect(sites[0]).toMatchObject({
      kind: 'mast',
      heightM: 60,
      lon: 105.2,
      gain: 900,
      reachM: 4_600,
    });
    expect(sites[1]).toMatchObject({ heightM: 35 });
    expect(sites[1]?.kind).not.toBe('mast');
  });

  it('are the same number however many stations share a mast', () => {
    const mast = { lon: 105.2, lat: 18, commune: '40002' };
    const candidates = (masts: Land['masts'] & object) =>
      makePlan(questionFor({ cells: towns, masts }, { count: 1 })).candidates;
    expect(candidates([mast, mast, mast])).toBe(candidates([mast]));
  });

  it('are left out beyond the distance from the network that is allowed', () => {
    const land: Land = { cells: towns, nodes: [[105.4, 18.02]] };
    const near = makePlan(questionFor(land, { count: 4, limits: { nodeWithinM: 5_000 } }));
    expect(communesOf(near.sites)).toEqual(['42001']);
    expect(near.sites[0]?.nodeM).toBeGreaterThan(2_000);
    expect(near.sites[0]?.nodeM).toBeLessThan(2_400);
    const none = makePlan(
      questionFor({ cells: towns }, { count: 4, limits: { nodeWithinM: 5_000 } }),
    );
    expect(none).toMatchObject({ sites: [], candidates: 0, ended: 'candidates' });
  });
});

describe('what a site carries', () => {
  it('is the band that reaches farthest, or the one that was asked for', () => {
    const bandOf = (asked: object) =>
      makePlan(questionFor({ cells: towns }, { count: 1, ...asked })).sites[0]?.band;
    expect(bandOf({})).toBe('n28');
    expect(bandOf({ technology: '4g' })).toBe('b28');
    expect(bandOf({ technology: '4g', operator: 'other' })).toBe('b8');
    expect(bandOf({ band: 'n78' })).toBe('n78');
  });

  it('is the operator that was asked for; else each operator of the band has its turn', () => {
    const operatorsOf = (asked: object) =>
      makePlan(questionFor({ cells: towns }, { count: 4, ...asked })).sites.map((s) => s.operator);
    expect(operatorsOf({ operator: 'mobifone' })).toEqual(Array(4).fill('mobifone'));
    expect(operatorsOf({})).toEqual(['viettel', 'vinaphone', 'mobifone', 'viettel']);
  });
});

describe('limits', () => {
  it('per province: a province that has its sites gets no more, and half of the best is sure', () => {
    const asked = { count: 4, limits: { perProvince: 1 } };
    const plan = makePlan(questionFor({ cells: towns }, asked));
    expect(communesOf(plan.sites)).toEqual(['40002', '42001']);
    expect(plan.ended).toBe('limits');
    expect(plan.guarantee).toMatchObject({ rule: 'groups', factor: 1 / 2, matroids: 1 });
  });

  it('per province within one province are only a smaller number', () => {
    const asked = { count: 4, unit: '40', limits: { perProvince: 1 } };
    const plan = makePlan(questionFor({ cells: towns }, asked));
    expect(gainsOf(plan.sites)).toEqual([900]);
    expect(plan.ended).toBe('limits');
    expect(plan.guarantee.rule).toBe('count');
  });

  it('per operator and band: nobody gets more, and other bands come in', () => {
    const many = Array.from({ length: 12 }, (_, i) => ({
      ...{ lon: 105 + i / 5, lat: 18, people: 100 + i, commune: '40001' },
    }));
    const asked = { count: 12, limits: { perOperatorBand: 2 } };
    const { sites, guarantee } = makePlan(questionFor({ cells: many }, asked));
    const each = new Map<string, number>();
    for (const { operator, band } of sites)
      each.set(`${operator} ${band}`, (each.get(`${operator} ${band}`) ?? 0) + 1);
    expect(sites).toHaveLength(12);
    expect(Math.max(...each.values())).toBe(2);
    expect(Object.fromEntries(each)).toEqual({
      'viettel n28': 2,
      'vinaphone n28': 2,
      'mobifone n28': 2,
      'viettel n41': 2,
      'mobifone n77': 2,
      'vinaphone n78': 2,
    });
    expect(guarantee).toMatchObject({ factor: 1 / 2, matroids: 1 });
  });

  it('of both kinds at once: a third of the best is sure', () => {
    const asked = { count: 4, limits: { perProvince: 1, perOperatorBand: 1 } };
    const { guarantee } = makePlan(questionFor({ cells: towns }, asked));
    expect(guarantee).toMatchObject({ rule: 'groups', factor: 1 / 3, matroids: 2 });
  });

  it('that cannot be reached change nothing', () => {
    const asked = { count: 2, limits: { perProvince: 2, budget: 1_000, costPerSite: 10 } };
    const plan = makePlan(questionFor({ cells: towns }, asked));
    expect(plan.guarantee.rule).toBe('count');
    expect(plan.ended).toBe('count');
  });

  it('in money, all sites costing the same, are only a smaller number', () => {
    const asked = { count: 9, limits: { budget: 25, costPerSite: 10 } };
    const plan = makePlan(questionFor({ cells: towns }, asked));
    expect(gainsOf(plan.sites)).toEqual([900, 700]);
    expect(plan.sites.map(({ cost }) => cost)).toEqual([10, 10]);
    expect(plan.ended).toBe('budget');
    expect(plan.guarantee.rule).toBe('count');
  });

  it('in money, masts that stand costing less, take the most people for it', () => {
    const masts = [
      { lon: 105.0, lat: 18, commune: '40001' },
      { lon: 105.4, lat: 18, commune: '42001' },
    ];
    const limits = { budget: 10, costPerSite: 10, costOnMast: 5 };
    const plan = makePlan(questionFor({ cells: towns, masts }, { count: 9, limits }));
    expect(gainsOf(plan.sites)).toEqual([700, 500]);
    expect(plan.sites.map(({ cost }) => cost)).toEqual([5, 5]);
    expect(plan.guarantee).toMatchObject({ rule: 'budget' });
    const both = { count: 2, limits: { ...limits, budget: 15 } };
    const few = makePlan(questionFor({ cells: towns, masts }, both));
    expect(few.guarantee).toMatchObject({ rule: 'none', factor: null });
  });

  it('in money too little for any site leave none', () => {
    const limits = { budget: 5, costPerSite: 10 };
    const plan = makePlan(questionFor({ cells: towns }, { count: 3, limits }));
    expect(plan).toMatchObject({ sites: [], ended: 'budget' });
  });
});

describe('goals', () => {
  it('hamlets: where they are comes first, however few the people', () => {
    const land: Land = { cells: towns, hamlets: [[105.6, 18.001]] };
    const { sites } = makePlan(questionFor(land, { count: 2, goal: 'hamlets' }));
    expect(sites.map(({ gain, hamlets }) => [gain, hamlets])).toEqual([
      [100, 1],
      [900, 0],
    ]);
  });

  it('hamlets: the register is believed, also where an estimate says that there is a signal', () => {
    const land: Land = { cells: towns, hamlets: [[105.6, 18]], covered: (lon) => lon > 105.5 };
    const { sites } = makePlan(questionFor(land, { count: 1, goal: 'hamlets' }));
    expect(sites[0]).toMatchObject({ commune: '42002', gain: 0, hamlets: 1 });
  });

  it('disadvantaged: people of those communes come first', () => {
    const land: Land = { cells: towns, disadvantaged: ['40001', '42002'] };
    const { sites } = makePlan(questionFor(land, { count: 3, goal: 'disadvantaged' }));
    expect(communesOf(sites)).toEqual(['40001', '42002', '40002']);
    expect(gainsOf(sites)).toEqual([500, 100, 900]);
  });

  it('people: hamlets that are reached on the way are told', () => {
    const land: Land = { cells: towns, hamlets: [[105.2, 18.005]] };
    const { sites } = makePlan(questionFor(land, { count: 1 }));
    expect(sites[0]).toMatchObject({ gain: 900, hamlets: 1 });
  });
});

/** Thirty by thirty kilometres of cells with people strewn over them. */
function scattered(seed: number): Land {
  const random = new Random(seed, 'planning');
  const cells: Cell[] = [];
  for (let row = 0; row < 80; row++)
    for (let column = 0; column < 80; column++)
      cells.push({
        lon: 105 + column * 0.0036,
        lat: 18 + row * 0.0034,
        people: random.below(40) * random.below(2),
        commune: column < 40 ? '40001' : '42001',
        surroundings: column % 40 < 20 ? 'rural' : 'suburban',
      });
  return { cells };
}
