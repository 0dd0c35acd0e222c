/** The words of taking what is seen along as files. */
import type { ExportKind } from '../../data/wire/exports.ts';
import { view } from '../view/view.svelte.ts';

const vi = {
  title: 'Xuất số liệu',
  of: (unit: string) => `Những gì đang xem ở ${unit}, thành tệp:`,
  only: { '4g': 'chỉ 4G', '5g': 'chỉ 5G' },
  as: (kind: string, format: string) => `Xuất ${kind} thành ${format}`,
  kinds: {
    stations: 'Trạm',
    hamlets: 'Thôn lõm sóng',
    nodes: 'Nút mạng',
    links: 'Tuyến mạng',
    facilities: 'Công trình',
    indicators: 'Chỉ số',
    reports: 'Phản ánh',
    programmes: 'Chương trình',
    duties: 'Nhiệm vụ',
  } satisfies Record<ExportKind, string>,
  filter: 'Chỉ một số trạm',
  operator: 'Nhà mạng của trạm',
  anyOperator: 'Mọi nhà mạng',
  status: 'Trạng thái trạm',
  anyStatus: 'Mọi trạng thái',
};
export type ExportWords = typeof vi;

const en: ExportWords = {
  title: 'Export',
  of: (unit) => `What you see in ${unit}, as files:`,
  only: { '4g': '4G only', '5g': '5G only' },
  as: (kind, format) => `Export ${kind} as ${format}`,
  kinds: {
    stations: 'Stations',
    hamlets: 'Uncovered hamlets',
    nodes: 'Network nodes',
    links: 'Network links',
    facilities: 'Facilities',
    indicators: 'Indicators',
    reports: 'Reports',
    programmes: 'Programmes',
    duties: 'Tasks',
  },
  filter: 'Only some stations',
  operator: 'Operator of the stations',
  anyOperator: 'Every operator',
  status: 'Status of the stations',
  anyStatus: 'Every status',
};

/** Reactive: in the language of the view. */
export function exportWords(): ExportWords {
  return view.language === 'en' ? en : vi;
}
