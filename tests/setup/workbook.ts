/** A workbook as Excel writes it: shared strings, styles, one sheet. `{ f, v }` is a formula with its result. */
import { zipOf } from './zip.ts';

export type WorkbookCell =
  | string
  | number
  | boolean
  | null
  | { f: string; v: number }
  | { day: number };

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export function workbookOf(rows: readonly (readonly WorkbookCell[])[]): Buffer {
  return zipOf(workbookParts(rows));
}

/** The files that are in it. */
export function workbookParts(rows: readonly (readonly WorkbookCell[])[]): Record<string, string> {
  const strings: string[] = [];
  const cell = (value: WorkbookCell, column: number, row: number): string => {
    if (value === null) return '';
    const at = `r="${letters(column)}${row}"`;
    if (typeof value === 'string') return `<c ${at} t="s"><v>${strings.push(value) - 1}</v></c>`;
    if (typeof value === 'number') return `<c ${at}><v>${value}</v></c>`;
    if (typeof value === 'boolean') return `<c ${at} t="b"><v>${Number(value)}</v></c>`;
    if ('day' in value) return `<c ${at} s="1"><v>${value.day}</v></c>`;
    return `<c ${at}><f>${escaped(value.f)}</f><v>${value.v}</v></c>`;
  };
  const data = rows
    .map(
      (cells, i) =>
        `<row r="${i + 1}">${cells.map((one, c) => cell(one, c, i + 1)).join('')}</row>`,
    )
    .join('');
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    'xl/workbook.xml': `${HEAD}<workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets><sheet name="Trạm" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/styles.xml': `${HEAD}<styleSheet ${MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `${HEAD}<worksheet ${MAIN}><sheetData>${data}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `${HEAD}<sst ${MAIN}>${strings.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
  };
}

function letters(column: number): string {
  const high = Math.floor(column / 26);
  return (high > 0 ? letters(high - 1) : '') + String.fromCharCode(65 + (column % 26));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
