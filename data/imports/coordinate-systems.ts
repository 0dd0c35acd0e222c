/**
 * The coordinate systems in which Vietnamese files give places: WGS 84, VN-2000 in degrees, on the
 * national zones of 6°, and on the 3° zone that each province has a central meridian for.
 *
 * VN-2000 to WGS 84: the seven parameters of Decision 05/2007/QĐ-BTNMT, EPSG:6960, whose rotations are
 * given in the coordinate-frame convention; PROJ's `towgs84` wants the position vector, hence the
 * other signs. Accuracy 1 m.
 */
export interface CoordinateSystem {
  code: string;
  name: { vi: string; en: string };
  /** Degrees or metres. */
  unit: 'degree' | 'metre';
  /** As proj4 reads it. */
  proj: string;
}

const SHIFT =
  '+ellps=WGS84 +towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278';

/** Central meridians of the 3° zones and their EPSG codes. */
const ZONES: readonly (readonly [epsg: number, meridian: number])[] = [
  [5896, 102],
  [9205, 103],
  [9206, 104],
  [9207, 104.5],
  [9208, 104.75],
  [5897, 105],
  [9209, 105.5],
  [9210, 105.75],
  [9211, 106],
  [9212, 106.25],
  [9213, 106.5],
  [9214, 107],
  [9215, 107.25],
  [9216, 107.5],
  [5899, 107.75],
  [5898, 108],
  [9217, 108.25],
  [9218, 108.5],
];

export const WGS84 = 'EPSG:4326';

export const COORDINATE_SYSTEMS: readonly CoordinateSystem[] = [
  {
    code: WGS84,
    name: { vi: 'WGS 84, độ', en: 'WGS 84, degrees' },
    unit: 'degree',
    proj: '+proj=longlat +datum=WGS84 +no_defs',
  },
  {
    code: 'EPSG:4756',
    name: { vi: 'VN-2000, độ', en: 'VN-2000, degrees' },
    unit: 'degree',
    proj: `+proj=longlat ${SHIFT} +no_defs`,
  },
  ...([48, 49] as const).map((zone): CoordinateSystem => {
    const meridian = zone === 48 ? 105 : 111;
    return {
      code: zone === 48 ? 'EPSG:3405' : 'EPSG:3406',
      name: {
        vi: `VN-2000, múi 6°, kinh tuyến trục ${meridian}° (UTM ${zone}N)`,
        en: `VN-2000, 6° zone, central meridian ${meridian}° (UTM ${zone}N)`,
      },
      unit: 'metre',
      proj: `+proj=utm +zone=${zone} ${SHIFT} +units=m +no_defs`,
    };
  }),
  ...ZONES.map(([epsg, meridian]): CoordinateSystem => {
    const degrees = `${Math.floor(meridian)}°${String((meridian % 1) * 60).padStart(2, '0')}′`;
    return {
      code: `EPSG:${epsg}`,
      name: {
        vi: `VN-2000, múi 3°, kinh tuyến trục ${degrees}`,
        en: `VN-2000, 3° zone, central meridian ${degrees}`,
      },
      unit: 'metre',
      proj: `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=0.9999 +x_0=500000 +y_0=0 ${SHIFT} +units=m +no_defs`,
    };
  }),
];

export function coordinateSystem(code: string): CoordinateSystem | undefined {
  return COORDINATE_SYSTEMS.find((system) => system.code === code);
}

/**
 * Central meridians by province: first the one that Circular 24/2025/TT-BNNMT (in force since 1 July
 * 2025) gives the province, then those under which Circular 973/2001/TT-TCĐC had the provinces that it
 * was made of, because files keep the zone in which they were surveyed.
 */
const MERIDIANS: Record<string, readonly number[]> = {
  '01': [105],
  '04': [105.75],
  '08': [106, 105.5],
  '11': [103],
  '12': [104.75, 103],
  '14': [104],
  '15': [104.75],
  '19': [106.5],
  '20': [107.25],
  '22': [107.75],
  '24': [107, 105.5],
  '25': [104.75, 105, 106],
  '31': [105.75, 105.5],
  '33': [105.5],
  '37': [105, 105.5],
  '38': [105],
  '40': [104.75],
  '42': [105.5],
  '44': [106, 106.25],
  '46': [107],
  '48': [107.75],
  '51': [108, 107.5],
  '52': [108.25, 108.5],
  '56': [108.25],
  '66': [108.5],
  '68': [107.75, 108.5],
  '75': [107.75, 106.25],
  '79': [105.75, 107.75],
  '80': [105.75, 105.5],
  '82': [105, 105.75],
  '86': [105.5, 105.75],
  '91': [104.75, 104.5],
  '92': [105, 105.5],
  '96': [104.5, 105],
};

/** The 3° zones of a province, the one in force first; none for what is no province. */
export function zonesOf(province: string): string[] {
  return (MERIDIANS[province] ?? []).flatMap((meridian) => {
    const zone = ZONES.find(([, axis]) => axis === meridian);
    return zone ? [`EPSG:${zone[0]}`] : [];
  });
}
