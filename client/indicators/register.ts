/** The register of indicators of the country that is shown. Reactive where it is asked for again. */
import { indicatorOf, INDICATORS, type Indicator } from '../../data/country/indicators.ts';
import { indicatorIn, indicatorsIn } from '../../data/indicators/register.ts';
import { live } from '../live/live.svelte.ts';
import type { Language } from '../words/format.ts';

/** The indicator of a code; undefined for one that is not in the register. */
export function registered(code: string): Indicator | undefined {
  const { country } = live;
  return country ? indicatorIn(country.tables.definitions, code) : indicatorOf(code);
}

/** All indicators, in the order of the board. */
export function register(): readonly Indicator[] {
  const { country } = live;
  return country ? indicatorsIn(country.tables.definitions) : INDICATORS;
}

/** The name of an indicator; its code where there is none. */
export function indicatorSaid(code: string, language: Language): string {
  const indicator = registered(code);
  if (!indicator) return code;
  return language === 'en' ? indicator.nameEn : indicator.name;
}
