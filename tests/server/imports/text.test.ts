import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { communes } from '../../../data/country/communes.ts';
import { legacyIn, lettersOf } from '../../../server/imports/text/encoding.ts';
import { fromTcvn3, fromVni } from '../../../server/imports/text/legacy.ts';
import { readingOf, shareRight } from '../../../server/imports/text/syllables.ts';

/** All small letters of Vietnamese, as glibc's TCVN5712-1 and the VNI tables have them. */
const TCVN3 =
  'µ¶·¸¹ »¼½¾Æ ÇÈÉÊË ÌÎÏÐÑ ÒÓÔÕÖ ×ØÜÝÞ ßáâãä åæçèé êëìíî ïñòóô õö÷øù úûüýþ ¨©ª«¬\u00ad®';
const VNI =
  'aøaûaõaùaï aèaúaüaéaë aàaåaãaáaä eøeûeõeùeï eàeåeãeáeä ìæóíò oøoûoõoùoï oàoåoãoáoä ôøôûôõôùôï uøuûuõuùuï öøöûöõöùöï yøyûyõyùî aêaâeâoâôöñ';
const UNICODE = 'àảãáạ ằẳẵắặ ầẩẫấậ èẻẽéẹ ềểễếệ ìỉĩíị òỏõóọ ồổỗốộ ờởỡớợ ùủũúụ ừửữứự ỳỷỹýỵ ăâêôơưđ';

describe('the old encodings', () => {
  it('every letter of TCVN3 and VNI', () => {
    expect(fromTcvn3(TCVN3)).toBe(UNICODE);
    expect(fromVni(VNI)).toBe(UNICODE);
  });

  it('capitals: TCVN3 has those without tones, VNI all', () => {
    expect(fromTcvn3('¡¢£¤¥¦§')).toBe('ĂÂÊÔƠƯĐ');
    expect(fromVni('ÑIEÄN BIEÂN, AÊN GIANG, ÖÙNG HOØA')).toBe('ĐIỆN BIÊN, ĂN GIANG, ỨNG HÒA');
  });
});

describe('telling them apart', () => {
  const names = communes.map(({ name }) => name);

  it('the names of communes are Vietnamese, and what is misread is not', () => {
    expect(shareRight(readingOf(names.join(' ')))).toBeGreaterThan(0.97);
    expect(shareRight(readingOf('Hµ Néi, Tr¹m §ång V¨n'))).toBeLessThan(0.4);
  });

  it('a handful of names is enough', () => {
    const tcvn3 = new Map([...UNICODE].map((letter, i) => [letter, [...TCVN3][i] ?? letter]));
    const write = (text: string): string =>
      [...text.toLowerCase()].map((letter) => tcvn3.get(letter) ?? letter).join('');
    fc.assert(
      fc.property(fc.subarray(names, { minLength: 12, maxLength: 30 }), (some) => {
        const text = some.join(', ');
        expect(legacyIn(text).letters).toBe('utf-8');
        expect(legacyIn(write(text)).letters).toBe('tcvn3');
        expect(lettersOf(Buffer.from(write(text), 'latin1')).letters).toBe('tcvn3');
      }),
      { numRuns: 60 },
    );
  });

  it('takes no longer for text that is made to take long', () => {
    expect(legacyIn('x'.repeat(5_000_000)).letters).toBe('utf-8');
    expect(legacyIn('é'.repeat(5_000_000)).letters).toBe('utf-8');
  });
});
