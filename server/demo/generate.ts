/**
 * The demo country: a simulated past that ends with the figures published for 28 July 2025, on
 * whichever territory is loaded. Pure and seeded: the same territory, figures and seed give the same
 * list of events to the byte.
 */
import type { StagedEvent } from '../log/append.ts';
import { calibrate, type Calibration } from './calibrate.ts'; // knobs, until shares are as published
import { Chronicle } from './chronicle.ts'; // what happened → events in order
import { tellDataCentres } from './facilities.ts';
import { PUBLISHED_FIGURES, type DemoFigures } from './figures.ts';
import { tellFiveG } from './five-g-past.ts';
import { fourG } from './four-g.ts'; // sites of the layer under it all
import { FourGRegister, tellStorm } from './four-g-past.ts';
import { Land, type DemoTerritory } from './land.ts';
import { HamletGuard, placeHamlets } from './hamlets.ts'; // first: footprints keep off them
import { daysOfSolving, tellHamlets } from './hamlets-past.ts';
import { tellMonths, tellPublished } from './indicators.ts';
import { tellNetwork } from './network.ts';
import { tellProgrammes } from './programmes.ts';
import { tellProvinces } from './province-reports.ts';
import { dayNumberOf } from '../../data/model/scalars.ts';
import { Random } from './random.ts';

export interface DemoInput extends DemoTerritory {
  /** A whole number: the same one gives the same country. */
  seed: number;
  /** Short and unlike that of any other list in the same log: it goes into the events' keys. */
  batch: string;
  /** The figures to end with; those published when absent. */
  figures?: DemoFigures;
}

export interface DemoCountry {
  /** In the order of their days; for `appendStaged`. */
  events: StagedEvent[];
  calibration: Calibration;
  /** Share of the people (0–1) that the 4G layer reaches, by the light count. */
  share4g: number;
}

/** The steps of generating, in order, as `onProgress` names them. */
export type Step = 'hamlets' | '5g' | '4g' | 'past' | 'events';

export function generateDemo(
  input: DemoInput,
  onProgress: (step: Step) => void = () => undefined,
): DemoCountry {
  const { seed, batch, figures = PUBLISHED_FIGURES } = input;
  const land = new Land(input);
  onProgress('hamlets');
  const hamlets = placeHamlets(land, figures, new Random(seed, 'hamlets'));
  const guard = new HamletGuard(hamlets);

  onProgress('5g');
  const { calibration, rollOut } = calibrate(land, figures, guard, seed);
  onProgress('4g');
  const layer = fourG(land, figures, hamlets, guard, seed);

  onProgress('past');
  const chronicle = new Chronicle();
  tellNetwork(chronicle, land, figures, seed);
  tellDataCentres(chronicle, land, figures, seed);
  const register = new FourGRegister(chronicle, land, figures, seed);
  const on4g = register.tell(layer.sites, dayNumberOf(figures.to));
  const solving = daysOfSolving(hamlets);
  for (const [hamlet, site] of layer.forHamlets) {
    const day = solving.get(hamlet);
    if (day !== undefined) register.bring(site, day);
  }
  const on5g = tellFiveG(chronicle, land, rollOut, figures, seed);
  tellStorm(chronicle, land, [...on4g, ...on5g], seed);
  tellHamlets(chronicle, hamlets, solving, figures, seed);
  tellMonths(chronicle, land, figures, on5g);
  tellPublished(chronicle, land, figures);
  tellProvinces(chronicle, land, figures, seed);
  tellProgrammes(chronicle, land, figures);

  onProgress('events');
  return { events: chronicle.events(batch), calibration, share4g: layer.share };
}
