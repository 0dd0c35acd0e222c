/**
 * Values that nobody expects, and values that a schema takes: both drawn from a seed, so that the
 * same number gives the same input again.
 */
import * as v from 'valibot';
import type { Random } from '../../../server/demo/random.ts';

const ODD: readonly unknown[] = [
  ...[undefined, null, true, false, 0, -0, -1, 0.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 4_294_967_296],
  ...['', ' ', '0', '-1', '1e9', 'NaN', 'null', 'vn', '99', '00000', '2025-02-30', '0000-00-00'],
  ...['\u0000', 'a\u0000b', '\ud800', '\udfff\ud800', '\u2028', '\r\n', '\u202e', '🗼', 'Ạ̣', 'ﷺ'],
  ...["'; drop table events; --", '<script>alert(1)</script>', '../../etc/passwd', '%00', '%s%n'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '{{7*7}}',
    '${7*7}',
    'x'.repeat(201),
    'ộ'.repeat(5_000),
  ],
  ...[[], [[]], [null], {}, { a: { b: { c: [] } } }, { toString: 1 }, { length: 1e9 }, [1, 2, 3]],
  JSON.parse('{"__proto__": {"admin": true}, "constructor": {"prototype": 1}}'),
];

export function oddValue(random: Random): unknown {
  return ODD[random.below(ODD.length)];
}

/** Odd values that can stand in an address or a header. */
export function oddText(random: Random): string {
  const value = oddValue(random);
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
}

/** What words and days look like here; the one that a schema takes is found by asking it. */
const WORDS = [
  ...['2025-07-28', '2025-12-31', 'vn', '01', '11', '00001', '03002', 'tslcd.communes', 'Trạm thử'],
  ...['a.b', 'Đường số 5', '1', '12', 'x'],
];

interface Inner {
  type: string;
  pipe?: readonly { type: string; requirement?: unknown }[];
  options?: readonly (v.GenericSchema | string)[];
  entries?: Record<string, v.GenericSchema>;
  wrapped?: v.GenericSchema;
  item?: v.GenericSchema;
  literal?: unknown;
}

/** How a field of a certain name is drawn, where the schema alone would never meet what is there. */
export type Named = Readonly<Record<string, (random: Random) => unknown>>;

/** A value that the schema most likely takes. */
export function valueFor(schema: v.GenericSchema, random: Random, named: Named): unknown {
  const inner = schema as unknown as Inner;
  switch (inner.type) {
    case 'literal':
      return inner.literal;
    case 'picklist':
      return random.pick(inner.options ?? []);
    case 'boolean':
      return random.chance(0.5);
    case 'number':
      return numberFor(inner, random);
    case 'string':
      return stringFor(schema, random);
    case 'optional':
      return random.chance(0.5) && inner.wrapped
        ? valueFor(inner.wrapped, random, named)
        : undefined;
    case 'nullable':
      return random.chance(0.8) && inner.wrapped ? valueFor(inner.wrapped, random, named) : null;
    case 'array':
      return Array.from({ length: random.below(4) }, () =>
        inner.item ? valueFor(inner.item, random, named) : null,
      );
    case 'union':
    case 'variant':
      return valueFor(random.pick(inner.options ?? []) as v.GenericSchema, random, named);
    case 'object':
    case 'strict_object':
    case 'loose_object':
      return Object.fromEntries(
        Object.entries(inner.entries ?? {}).flatMap(([name, entry]) => {
          const draw = (entry as unknown as Inner).type === 'optional' ? undefined : named[name];
          const value = draw ? draw(random) : valueFor(entry, random, named);
          return value === undefined ? [] : [[name, value]];
        }),
      );
    default:
      return oddValue(random);
  }
}

function numberFor({ pipe = [] }: Inner, random: Random): number {
  const limit = (type: string, otherwise: number): number => {
    const found = pipe.find((action) => action.type === type)?.requirement;
    return typeof found === 'number' ? found : otherwise;
  };
  const least = limit('min_value', limit('gt_value', 0));
  const most = Math.min(limit('max_value', limit('lt_value', 1_000)), least + 1_000);
  const number = random.between(least, most);
  return pipe.some(({ type }) => type === 'integer') ? Math.round(number) : number;
}

function stringFor(schema: v.GenericSchema, random: Random): string {
  const start = random.below(WORDS.length);
  const words = [...WORDS.slice(start), ...WORDS.slice(0, start)];
  return words.find((word) => v.safeParse(schema, word).success) ?? `key-${random.below(1e9)}`;
}

/** The same with something wrong: fields odd, missing or too many; or something else altogether. */
export function spoilt(value: unknown, random: Random): unknown {
  if (random.chance(0.1) || typeof value !== 'object' || value === null) return oddValue(random);
  const fields: [string, unknown][] = Object.entries(value);
  for (let i = random.below(3); i >= 0; i--) {
    const at = random.below(fields.length + 1);
    const [name] = fields[at] ?? [oddText(random).slice(0, 50)];
    if (random.chance(0.2)) fields.splice(at, 1);
    else
      fields[at] = [name, random.chance(0.2) ? spoilt(fields[at]?.[1], random) : oddValue(random)];
  }
  // Defined one by one, so that `__proto__` is a field as any other.
  const changed: Record<string, unknown> = {};
  for (const [key, of] of fields)
    Object.defineProperty(changed, key, {
      value: of,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return changed;
}
