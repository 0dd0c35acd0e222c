/** The register of indicators over HTTP, and what one of them came to in a unit over time. */
import { Router } from 'express';
import * as v from 'valibot';
import type { Indicator } from '../../data/country/indicators.ts';
import { countByUnit, NOTHING_COUNTED } from '../../data/indicators/counted.ts';
import { lateOf } from '../../data/indicators/late.ts';
import { indicatorIn, indicatorsIn } from '../../data/indicators/register.ts';
import { newestByUnit, seriesOf, type ReportedValue } from '../../data/indicators/reported.ts';
import { daysOf } from '../../data/model/days.ts';
import { shareIn } from '../../data/model/estimate.ts';
import { NATION } from '../../data/model/unit.ts';
import type { Refusal } from '../../data/wire/commands.ts';
import {
  SeriesQuery,
  type CountedNow,
  type IndicatorSeries,
  type IndicatorValueTold,
  type RegisteredIndicator,
} from '../../data/wire/indicators.ts';
import type { LiveCountry } from '../country/live.ts';
import { refuse, refuseInvalid } from '../http/refusal.ts';

/** By which method the shares of people in the register are estimated; every answer names it. */
const METHOD = 'radius';

/** @param now ms since 1970 */
export function indicatorRoutes(live: LiveCountry, now: () => number): Router {
  const router = Router();

  router.get('/indicators', (_request, response) => {
    response.set('Cache-Control', 'no-store').json(registerOf());
  });

  router.get('/indicators/:code', (request, response) => {
    const query = v.safeParse(SeriesQuery, request.query);
    if (!query.success) {
      refuseInvalid(response, query.issues);
      return;
    }
    const { unit, from, to } = query.output;
    const indicator = indicatorIn(live.country.tables.definitions, request.params.code);
    if (!indicator) return refuse(response, notThere('indicator', request.params.code));
    if (unit !== NATION && !live.ground?.hasUnit(unit))
      return refuse(response, notThere('unit', unit));
    const values = seriesOf(live.country.tables.indicators, indicator.code, unit, { from, to });
    const answer: IndicatorSeries = {
      indicator: indicator.code,
      unit,
      now: indicator.origin === 'counted' ? nowOf(indicator, unit, counts()) : null,
      values: values.map(told),
    };
    response.set('Cache-Control', 'no-store').json(answer);
  });

  function registerOf(): RegisteredIndicator[] {
    const { country, ground } = live;
    const days = daysOf(country, now());
    const counted = counts();
    const provinces = ground?.territory.provinces.map(({ code }) => code) ?? [];
    return indicatorsIn(country.tables.definitions).map((indicator) => {
      const { published, ...said } = indicator;
      // What was published is in the log, with everything that was reported since.
      void published;
      const about = indicator.territory ?? NATION;
      const newest = newestByUnit(country.tables.indicators, indicator.code);
      const latest = newest.get(about);
      const late = lateOf(indicator, newest, provinces, days.simulated ?? days.today);
      return {
        ...said,
        now: nowOf(indicator, about, counted),
        latest: latest ? told(latest) : null,
        late: late && {
          month: late.month,
          dueOn: late.dueOn,
          provinces: late.units.map(({ unit }) => unit),
        },
      };
    });
  }

  function counts(): ReturnType<typeof countByUnit> {
    const { country, ground } = live;
    const provinceOf = (commune: string): string | undefined => ground?.provinceOf(commune);
    return countByUnit(country, provinceOf, daysOf(country, now()).today);
  }

  function nowOf(
    { code, origin }: Indicator,
    unit: string,
    counted: ReturnType<typeof countByUnit>,
  ): CountedNow | null {
    if (origin !== 'counted') return null;
    if (code !== '5g.population')
      return { value: (counted.get(unit) ?? NOTHING_COUNTED)[code] ?? null, method: null };
    const row = live.coverage?.rowsOf(unit)?.[METHOD];
    return { value: row ? shareIn(row, '5g') : null, method: METHOD };
  }

  return router;
}

function told({ day, value, target, source, simulated }: ReportedValue): IndicatorValueTold {
  return { day, value, target, source, simulated };
}

function notThere(what: 'indicator' | 'unit', id: string): Refusal {
  return {
    code: 'not_found',
    message: `There is no ${what} ${id}.`,
    path: what === 'unit' ? 'unit' : 'code',
    reason: { is: 'no_such', what, id },
  };
}
