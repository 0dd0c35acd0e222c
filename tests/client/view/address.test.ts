import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAddress, ORDINARY, parseAddress, type Sight } from '../../../client/view/address.ts';
import { COLOURINGS, TASKS, View } from '../../../client/view/view.svelte.ts';
import { METHODS } from '../../../data/model/estimate.ts';

function opened(address: string): Sight {
  const { search, hash } = new URL(address, 'http://phu-song.test');
  return parseAddress(search, hash);
}

describe('the address holds the view', () => {
  test('the ordinary view is the bare address', () => {
    expect(formatAddress(ORDINARY)).toBe('/');
    expect(opened('/')).toEqual(ORDINARY);
  });

  test('the ordinary view is how the page begins', () => {
    const { unit, thing, task, camera, layers, colouring, method, theme, language } = new View();
    const fresh = {
      unit,
      thing,
      task,
      camera,
      layers: { ...layers },
      colouring,
      method,
      theme,
      language,
    };
    expect(fresh).toEqual(ORDINARY);
  });

  test('a link with everything in it opens the same view', () => {
    const address =
      '/?unit=11&thing=hamlet-345&task=gaps&with=min:500,operator:viettel&layers=stations5g,hamlets&colour=viettel.5g' +
      '&theme=light&lang=en#map=7.10/21.40000/103.00000';
    const sight = opened(address);
    expect(sight).toEqual({
      unit: '11',
      thing: { noun: 'hamlet', id: 345 },
      task: { name: 'gaps', choices: { min: '500', operator: 'viettel' } },
      camera: { zoom: 7.1, lat: 21.4, lon: 103 },
      layers: {
        stations4g: false,
        stations5g: true,
        hamlets: true,
        network: false,
        facilities: false,
        reports: false,
      },
      colouring: 'viettel.5g',
      method: 'radius',
      theme: 'light',
      language: 'en',
    });
    expect(formatAddress(sight)).toBe(address);
  });

  test('every layer switched off is not the same as none mentioned', () => {
    const layers = Object.fromEntries(
      Object.keys(ORDINARY.layers).map((name) => [name, false]),
    ) as Sight['layers'];
    const address = formatAddress({ ...ORDINARY, layers });
    expect(address).toBe('/?layers=none');
    expect(opened(address).layers).toEqual(layers);
  });

  test('what cannot be read is left out, never an error', () => {
    for (const address of [
      '/?unit=Hanoi&thing=castle-4&layers=roads&colour=pink&method=guess&theme=neon&lang=fr#map=a/b/c',
      '/?unit=1&thing=hamlet-0&layers=&colour=&theme=&lang=#map=99/0/0',
      '/?unit=%E0%A4%A&thing=hamlet-12x#map=7/91/200',
      '/?unit=123456&thing=hamlet#map=',
    ])
      expect(opened(address)).toEqual(ORDINARY);
  });

  test('what an address leaves out is what this reader likes', () => {
    const sight = parseAddress('?theme=dark', '', { ...ORDINARY, theme: 'light', language: 'en' });
    expect([sight.theme, sight.language]).toEqual(['dark', 'en']);
  });

  test('every view survives its address', () => {
    const sights: fc.Arbitrary<Sight> = fc.record({
      unit: fc.constantFrom('vn', '01', '96', '00004', '32248'),
      thing: fc.option(
        fc.record({
          noun: fc.constantFrom('station', 'hamlet', 'node', 'link', 'facility'),
          id: fc.integer({ min: 1, max: 4_294_967_295 }),
        }),
      ),
      task: fc.option(
        fc.record({
          name: fc.constantFrom(...TASKS),
          choices: fc.dictionary(
            fc.stringMatching(/^[a-z]{1,8}$/),
            fc.stringMatching(/^[\w.-]{1,20}$/),
            { noNullPrototype: true },
          ),
        }),
      ),
      camera: fc.option(
        fc.record({
          zoom: fc.integer({ min: 0, max: 2200 }).map((n) => n / 100),
          lat: fc.integer({ min: -8_500_000, max: 8_500_000 }).map((n) => n / 1e5),
          lon: fc.integer({ min: -18_000_000, max: 18_000_000 }).map((n) => n / 1e5),
        }),
      ),
      layers: fc.record({
        stations4g: fc.boolean(),
        stations5g: fc.boolean(),
        hamlets: fc.boolean(),
        network: fc.boolean(),
        facilities: fc.boolean(),
        reports: fc.boolean(),
      }),
      colouring: fc.constantFrom(...COLOURINGS),
      method: fc.constantFrom(...METHODS),
      theme: fc.constantFrom('dark', 'light'),
      language: fc.constantFrom('vi', 'en'),
    });
    fc.assert(
      fc.property(sights, (sight) => {
        expect(opened(formatAddress(sight))).toEqual(sight);
      }),
    );
  });

  test('no address, whatever is in it, makes the page fail', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (search, hash) => {
        parseAddress(search, hash);
      }),
    );
  });
});
