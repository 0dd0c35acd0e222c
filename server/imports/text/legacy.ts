/**
 * Vietnamese from before Unicode. Both encodings put Vietnamese letters where Western fonts have others,
 * so a program that does not know shows `Hµ Néi` for TCVN3 and `Haø Noäi` for VNI. They are read here
 * from what such a program shows (ISO 8859-1), whether it stood in bytes or was saved as Unicode since.
 */

/**
 * TCVN 5712:1993, VN3 (the ABC fonts): one letter each. It has no capital letters with tones: its
 * capital fonts draw small letters as capitals.
 */
const TCVN3: Record<string, string> = pairs(
  '¡Ă ¢Â £Ê ¤Ô ¥Ơ ¦Ư §Đ ¨ă ©â ªê «ô ¬ơ \u00adư ®đ µà ¶ả ·ã ¸á ¹ạ »ằ ¼ẳ ½ẵ ¾ắ Æặ Çầ Èẩ Éẫ Êấ Ëậ ' +
    'Ìè Îẻ Ïẽ Ðé Ñẹ Òề Óể Ôễ Õế Öệ ×ì Øỉ Üĩ Ýí Þị ßò áỏ âõ ãó äọ åồ æổ çỗ èố éộ êờ ëở ìỡ íớ îợ ' +
    'ïù ñủ òũ óú ôụ õừ öử ÷ữ øứ ùự úỳ ûỷ üỹ ýý þỵ',
);

/** VNI-Windows: a letter and a mark behind it; and letters of their own. */
const VNI_ALONE: Record<string, string> = pairs('ñđ Ñđ ìì íí æỉ óĩ òị îỵ ôơ öư');
const VNI_MARKS: Record<string, Record<string, string>> = {
  a: pairs('øà ùá ûả õã ïạ êă èằ éắ úẳ üẵ ëặ ââ àầ áấ åẩ ãẫ äậ'),
  e: pairs('øè ùé ûẻ õẽ ïẹ âê àề áế åể ãễ äệ'),
  o: pairs('øò ùó ûỏ õõ ïọ âô àồ áố åổ ãỗ äộ'),
  u: pairs('øù ùú ûủ õũ ïụ'),
  y: pairs('øỳ ùý ûỷ õỹ'),
  ô: pairs('øờ ùớ ûở õỡ ïợ'),
  ö: pairs('øừ ùứ ûử õữ ïự'),
};

export function fromTcvn3(text: string): string {
  return text.replace(/[\u00a1-\u00ff]/g, (letter) => TCVN3[letter] ?? letter);
}

export function fromVni(text: string): string {
  return text.replace(/([aeouyôö])([\u00c0-\u00ff])|[ñìíæóòîôö]/giu, (found, base, mark) => {
    if (typeof base === 'string' && typeof mark === 'string') {
      const together = VNI_MARKS[base.toLowerCase()]?.[mark.toLowerCase()];
      if (together !== undefined) return cased(together, base);
      return (alone(base) ?? base) + (alone(mark) ?? mark);
    }
    return alone(found) ?? found;
  });
}

function alone(letter: string): string | undefined {
  const found = VNI_ALONE[letter.toLowerCase()];
  return found === undefined ? undefined : cased(found, letter);
}

/** Large where the letter that carries it is. */
function cased(letter: string, like: string): string {
  return like === like.toLowerCase() ? letter : letter.toUpperCase();
}

/** `'µà ¸á'`: from the first sign to the second. */
function pairs(text: string): Record<string, string> {
  return Object.fromEntries(text.split(' ').map((pair) => [pair[0] ?? '', pair.slice(1)]));
}
