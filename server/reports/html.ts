/** HTML as a value: what is put into it is text, and is written so that it stays text. */

export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | false | null | undefined | readonly Value[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A piece of a page; strings in it are escaped, pieces are taken as they are, lists one by one. The
 * indentation of the source is left out, what is put in is not touched.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  const parts = strings.map((text, index) => text.replace(/\n\s+/g, '\n') + written(values[index]));
  return new Html(parts.join(''));
}

function written(value: Value): string {
  if (value === undefined || value === null || value === false) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(written).join('');
  return String(value).replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);
}
