/**
 * The things over the base map, drawn by deck.gl into the same picture: stations, hamlets, the
 * network, facilities, pulses and a ring around what is open. Loaded after the base map shows.
 * Stations are patched in place, and drawn from near only where one looks; the few others are written
 * anew when one of them changes.
 */
import type { Layer, PickingInfo } from '@deck.gl/core';
import { MapLibreOverlay } from '@deck.gl/maplibre';
import type { AnimationLoopProps } from '@luma.gl/engine';
import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Touched } from '../../data/log/apply.ts';
import type { Event } from '../../data/log/event.ts';
import type { TableName } from '../../data/model/columns.ts';
import type { Country } from '../../data/model/country.ts';
import { TECHNOLOGIES, type Operator } from '../../data/model/things.ts';
import { PALETTES, type MapPalette } from '../theme/palette.ts';
import type { LayerName, OpenThing } from '../view/view.svelte.ts';
import { StationsOnCard, type Box, type Colours } from './card.ts';
import type { Drawing, Picked } from './drawing.svelte.ts';
import {
  drawnLines,
  drawnMarks,
  facilityLayers,
  hamletLayers,
  networkLayers,
  openLayer,
  pulseLayer,
  reportLayers,
  stationLayer,
  type Drawn,
} from './layers.ts';
import { facilityMarks, hamletMarks, nodeMarks, reportMarks } from './marks.ts';
import { brokenLinesOf, linesOf } from './network.ts';
import { Pace } from './pace.ts';
import { pulseOf, Pulses, type Pulse } from './pulses.ts';
import { isDrawnBySoftware } from './software.ts';
import { distanceAt, stationColours, type Distance } from './stations.ts';
import type { Theme } from './style.ts';

/** What decides how things look, besides the things themselves. */
export interface Look {
  theme: Theme;
  layers: Readonly<Record<LayerName, boolean>>;
  /** The operator whose coverage is looked at; others step back. */
  operator: Operator | null;
  /** Where the open thing stands. */
  open: readonly [lon: number, lat: number] | null;
  /** Size of marks: 1 on a desk, more on a wall. */
  scale: number;
}

/** How the overlay names the places it takes between the layers of the base map. */
const PLACE_UNDER_LABELS = 'deck-maplibre-layer-group-before:';
/** How far from a thing a pointer still means it, CSS pixels. */
const PICK_RADIUS = 5;
/** Of many events at once, this many of the newest are looked at for a pulse. */
const MOST_LOOKED_AT = 64;

/** How far beyond the view stations are drawn, of its size: moving a little writes nothing anew. */
const MARGIN = 0.3;
/** Where more than this many times the view is drawn, it is written anew once the map stands still. */
const MOST_TIMES = 6;

/** Thirty pictures a second are smooth enough for a ring, and half the work. */
const PULSE_STEP_MS = 30;
/** Rings that stand still only have to appear and to go; this often at most, by a card or without one. */
const STILL_STEP_MS = 400;
const SOFTWARE_STEP_MS = 1_000;

/** The tables that are written anew as a whole, as they were last written. */
type Few = Partial<
  Record<'hamlets' | 'nodes' | 'facilities' | 'reports' | 'lines' | 'broken', Drawn>
>;
const FEW_TABLES = [
  'hamlets',
  'nodes',
  'links',
  'facilities',
  'reports',
] as const satisfies TableName[];
type FewTable = (typeof FEW_TABLES)[number];

export class Things {
  readonly #map: MapLibreMap;
  readonly #overlay: MapLibreOverlay;
  readonly #pace: Pace;
  readonly #pulses = new Pulses();
  readonly #stillness = matchMedia('(prefers-reduced-motion: reduce)');
  #stations: StationsOnCard | null = null;
  readonly #few: Few = {};
  /** Tables that changed since they were last written. */
  readonly #stale = new Set<TableName>();
  #country: Country | null = null;
  #look: Look;
  #palette: MapPalette;
  #colours: Colours;
  #distance: Distance;
  #zoomStep = NaN;
  #drawing: Drawing | null = null;
  /** Whether pulses are being drawn, when they last were, and when they next are if they stand still. */
  #pulsing = false;
  #pulsedAt = 0;
  #nextStep: ReturnType<typeof setTimeout> | undefined;
  readonly #bySoftware: boolean;
  #destroyed = false;
  #layers: Layer[] = [];
  /** The pulses as they were last drawn. */
  #rings: Layer[] = [];
  readonly #onZoom = (): void => {
    if (this.#zoomStep === zoomStepOf(this.#map)) return;
    if (this.#distance === distanceAt(this.#map.getZoom())) this.#draw();
    else this.#recolour();
  };
  readonly #onMove = (): void => {
    const within = this.#stations?.within;
    if (within && !holds(within, viewOf(this.#map))) this.#restation();
  };
  readonly #onMoveEnd = (): void => {
    const within = this.#stations?.within;
    if (within && areaOf(within) > MOST_TIMES * areaOf(viewOf(this.#map))) this.#restation();
  };

  /**
   * The overlay finds its place under the labels only while no tile is on its way; what it was given
   * before that lies on top of everything until it is given it once more.
   */
  readonly #underLabels = (): void => {
    const placed = this.#map.getLayersOrder().some((id) => id.startsWith(PLACE_UNDER_LABELS));
    if (!placed && this.#layers.length > 0) this.#show();
  };

  constructor(map: MapLibreMap, look: Look, onHover: (thing: OpenThing | null) => void) {
    this.#map = map;
    this.#bySoftware = isDrawnBySoftware(map.getCanvas());
    this.#look = look;
    this.#palette = PALETTES[look.theme];
    this.#distance = distanceAt(map.getZoom());
    this.#colours = coloursOf(look, this.#distance);
    this.#pace = new Pace(map);
    this.#overlay = new MapLibreOverlay({
      // Deck.gl gives what it is given to the loop of luma.gl, whose setting this is, and does not name it.
      ...({ animationFrameProvider: this.#pace } satisfies Pick<
        AnimationLoopProps,
        'animationFrameProvider'
      >),
      interleaved: true,
      layers: [],
      pickingRadius: PICK_RADIUS,
      // Deck.gl would set a cursor of its own in every frame: it is given the one that is there.
      getCursor: () => map.getCanvas().style.cursor,
      onHover: (info) => {
        const thing = this.#thingOf(info);
        onHover(thing);
        this.#drawing?.hover?.(thing ? null : pickedOf(info));
      },
      onDeviceInitialized: (device) => {
        this.#stations = new StationsOnCard(device);
        this.#rewrite();
      },
    });
    map.addControl(this.#overlay);
    map.on('zoom', this.#onZoom);
    map.on('move', this.#onMove);
    map.on('moveend', this.#onMoveEnd);
    map.on('idle', this.#underLabels);
  }

  /** Takes a country as it is now, in place of the one before. */
  show(country: Country): void {
    this.#country = country;
    this.#rewrite();
  }

  /** Follows events that were applied to the country: patches what they touched, and pulses. */
  follow(touched: readonly Touched[], events: readonly Event[], now: number): void {
    const country = this.#country;
    if (!country || !this.#stations) return;
    if (touched.some((one) => one.kind === 'all')) {
      this.#rewrite();
      return;
    }
    const rows = new Set<number>();
    for (const one of touched) {
      if (one.kind === 'all' || one.kind === 'nothing') continue;
      if (one.table === 'stations') rows.add(one.row);
      else this.#stale.add(one.table);
    }
    const { stations } = country.tables;
    const onCard = this.#stations;
    const before = TECHNOLOGIES.map((technology) => onCard.dataOf(technology));
    onCard.patch(stations, this.#colours, rows);
    const grown = TECHNOLOGIES.some((technology, i) => before[i] !== onCard.dataOf(technology));
    if (grown || FEW_TABLES.some((table) => this.#stale.has(table) && this.#isShown(table)))
      this.#draw();
    else if (this.#bySoftware) this.#stepSoon(now);
    else this.#map.triggerRepaint();
    this.#pulse(events, country, now);
  }

  look(look: Look): void {
    const before = this.#look;
    this.#look = look;
    if (before.theme === look.theme && before.operator === look.operator) {
      this.#draw();
      return;
    }
    this.#palette = PALETTES[look.theme];
    this.#recolour();
  }

  /** Draws what a task wants over the things; null for no task. */
  draw(drawing: Drawing | null): void {
    if (this.#drawing === drawing) return;
    this.#drawing = drawing;
    this.#draw();
  }

  /** The thing, or the object of the task's drawing, at a point of the map, CSS pixels. */
  pick(x: number, y: number): OpenThing | Picked | null {
    if (!this.#stations) return null;
    const info = this.#overlay.pickObject({ x, y, radius: PICK_RADIUS });
    return info && (this.#thingOf(info) ?? pickedOf(info));
  }

  destroy(): void {
    this.#destroyed = true;
    clearTimeout(this.#nextStep);
    this.#map.off('zoom', this.#onZoom);
    this.#map.off('move', this.#onMove);
    this.#map.off('moveend', this.#onMoveEnd);
    this.#map.off('idle', this.#underLabels);
    this.#map.removeControl(this.#overlay);
    this.#pace.destroy();
    this.#stations?.destroy();
  }

  #recolour(): void {
    this.#distance = distanceAt(this.#map.getZoom());
    this.#colours = coloursOf(this.#look, this.#distance);
    this.#rewrite();
  }

  #rewrite(): void {
    for (const table of FEW_TABLES) this.#stale.add(table);
    this.#restation();
  }

  /** Writes the stations anew: everywhere from afar, from near only around the view. */
  #restation(): void {
    if (!this.#country) return;
    const within = this.#distance === 'far' ? null : around(viewOf(this.#map));
    this.#stations?.writeAll(this.#country.tables.stations, this.#colours, within);
    this.#draw();
  }

  /** Writes those of the few anew that are to be shown and have changed since they last were. */
  #writeFew(): Few | null {
    const country = this.#country;
    if (!country) return null;
    const palette = this.#palette;
    const few = this.#few;
    const stale = this.#stale;
    const write = (tables: readonly FewTable[], work: () => void): void => {
      if (!tables.some((table) => stale.has(table) && this.#isShown(table))) return;
      for (const table of tables) stale.delete(table);
      work();
    };
    write(['hamlets'], () => (few.hamlets = drawnMarks(hamletMarks(country, palette))));
    write(['facilities'], () => {
      few.facilities = drawnMarks(facilityMarks(country, palette));
    });
    write(['reports'], () => (few.reports = drawnMarks(reportMarks(country, palette))));
    // A link is drawn between its nodes: the two tables are written together.
    write(['nodes', 'links'], () => {
      few.nodes = drawnMarks(nodeMarks(country, palette));
      few.lines = drawnLines(linesOf(country, palette, this.#distance));
      few.broken = drawnLines(brokenLinesOf(country, palette));
    });
    return few;
  }

  #isShown(table: FewTable): boolean {
    const { layers } = this.#look;
    return layers[table === 'nodes' || table === 'links' ? 'network' : table];
  }

  #pulse(events: readonly Event[], country: Country, now: number): void {
    const pulses = events
      .slice(-MOST_LOOKED_AT)
      .map((event) => pulseOf(event, country, this.#palette, this.#look.layers, now))
      .filter((pulse): pulse is Pulse => pulse !== null);
    this.#pulses.add(pulses, now);
    if (pulses.length === 0) return;
    const begun = this.#pulsing;
    this.#pulsing = true;
    if (this.#isStill) this.#stepSoon(now);
    else if (!begun) this.#step();
  }

  /** Rings stand still for who asked for less motion, and where every picture is dear. */
  get #isStill(): boolean {
    return this.#bySoftware || this.#stillness.matches;
  }

  get #stillMs(): number {
    return this.#bySoftware ? SOFTWARE_STEP_MS : STILL_STEP_MS;
  }

  /** Draws pulses for as long as there are any, and not a frame longer. */
  readonly #step = (): void => {
    if (this.#destroyed) return;
    const now = performance.now();
    const still = this.#isStill;
    if (still || now - this.#pulsedAt >= PULSE_STEP_MS) {
      const rings = this.#pulses.at(now, still);
      this.#pulsing = rings !== null;
      this.#pulsedAt = now;
      this.#rings = rings ? [pulseLayer(rings, this.#look.scale)] : [];
      this.#show();
      this.#map.triggerRepaint();
    }
    if (!this.#pulsing) return;
    if (still) this.#stepIn(Math.max(this.#stillMs, this.#pulses.nextEnd - now));
    else requestAnimationFrame(this.#step);
  };

  /** As soon as the step before is long enough ago. */
  #stepSoon(now: number): void {
    this.#stepIn(this.#pulsedAt + this.#stillMs - now);
  }

  #stepIn(ms: number): void {
    clearTimeout(this.#nextStep);
    this.#nextStep = setTimeout(this.#step, Math.max(0, ms));
  }

  #draw(): void {
    const stations4g = this.#stations?.dataOf('4g');
    const stations5g = this.#stations?.dataOf('5g');
    const few = this.#writeFew();
    if (!stations4g || !stations5g || !few) return;
    const zoom = (this.#zoomStep = zoomStepOf(this.#map));
    const { layers, open, scale } = this.#look;
    const sight = { zoom, scale };
    const { lines, broken, nodes, hamlets, facilities, reports } = few;
    const palette = this.#palette;
    this.#layers = [
      ...(layers.network && lines && broken && nodes
        ? networkLayers(lines, broken, nodes, sight)
        : []),
      stationLayer('4g', stations4g, layers.stations4g, palette, sight),
      stationLayer('5g', stations5g, layers.stations5g, palette, sight),
      ...(layers.facilities && facilities ? facilityLayers(facilities, palette, sight) : []),
      ...(layers.hamlets && hamlets ? hamletLayers(hamlets, palette, sight) : []),
      ...(layers.reports && reports ? reportLayers(reports, palette, sight) : []),
      ...(open ? [openLayer(open, palette, scale)] : []),
      ...(this.#drawing?.layers(palette, sight) ?? []),
    ];
    this.#show();
  }

  #show(): void {
    this.#pace.wake();
    this.#overlay.setProps({ layers: [...this.#layers, ...this.#rings] });
  }

  #thingOf({ layer, index }: PickingInfo): OpenThing | null {
    const tables = this.#country?.tables;
    if (!layer || index < 0 || !tables) return null;
    const found = (noun: OpenThing['noun'], ids: Uint32Array | undefined): OpenThing | null => {
      const id = ids?.[index];
      return id === undefined ? null : { noun, id };
    };
    switch (layer.id) {
      case 'stations-4g':
      case 'stations-5g': {
        const technology = layer.id === 'stations-4g' ? '4g' : '5g';
        const id = tables.stations.ids[this.#stations?.rowAt(technology, index) ?? -1];
        return id === undefined ? null : { noun: 'station', id };
      }
      case 'hamlets':
        return found('hamlet', this.#few.hamlets?.ids);
      case 'nodes':
        return found('node', this.#few.nodes?.ids);
      case 'links':
        return found('link', this.#few.lines?.ids);
      case 'facilities':
        return found('facility', this.#few.facilities?.ids);
      case 'reports':
        return found('report', this.#few.reports?.ids);
      default:
        return null;
    }
  }
}

function pickedOf({ layer, index }: PickingInfo): Picked | null {
  return layer && index >= 0 ? { layer: layer.id, index } : null;
}

function coloursOf({ theme, operator }: Look, distance: Distance): Colours {
  const palette = PALETTES[theme];
  return {
    '4g': stationColours(palette, '4g', operator, distance),
    '5g': stationColours(palette, '5g', operator, distance),
  };
}

/** Sizes follow the zoom in quarter steps. */
function zoomStepOf(map: MapLibreMap): number {
  return Math.round(map.getZoom() * 4) / 4;
}

/** What of the world is on the screen. */
function viewOf(map: MapLibreMap): Box {
  const bounds = map.getBounds();
  return {
    west: bounds.getWest(),
    south: bounds.getSouth(),
    east: bounds.getEast(),
    north: bounds.getNorth(),
  };
}

function around({ west, south, east, north }: Box): Box {
  const [lon, lat] = [MARGIN * (east - west), MARGIN * (north - south)];
  return { west: west - lon, south: south - lat, east: east + lon, north: north + lat };
}

function holds(box: Box, inner: Box): boolean {
  return (
    box.west <= inner.west &&
    box.south <= inner.south &&
    box.east >= inner.east &&
    box.north >= inner.north
  );
}

function areaOf({ west, south, east, north }: Box): number {
  return (east - west) * (north - south);
}
