/** The words of the task "time". Numbers and instants arrive already written. */
import type { Metric } from '../../data/country/targets.ts';
import { view } from '../view/view.svelte.ts';
import type { SpanName } from './timeline.ts';

const vi = {
  label: 'Dòng thời gian',
  lookingBack: (when: string) => `Xem lại lúc ${when}`,
  present: 'Hiện tại',
  presentHint: 'Kéo thanh thời gian để xem lại đất nước ở bất cứ lúc nào.',
  toPresent: 'Về hiện tại',
  simulated: 'thời gian mô phỏng',
  recorded: (when: string) => `ghi vào nhật ký lúc ${when}`,
  slider: 'Thời điểm',
  play: 'Chiếu',
  pause: 'Dừng',
  speed: 'Tốc độ',
  perSecond: (what: string) => `${what}/giây`,
  lengths: {
    1000: '1 giây',
    60000: '1 phút',
    600000: '10 phút',
    3600000: '1 giờ',
    21600000: '6 giờ',
    86400000: '1 ngày',
    259200000: '3 ngày',
    604800000: '1 tuần',
    2592000000: '1 tháng',
  } as Record<string, string>,
  span: 'Khoảng',
  spans: {
    all: 'Toàn bộ',
    year: '1 năm',
    month: '30 ngày',
    week: '7 ngày',
    day: '24 giờ',
    hour: '1 giờ',
  } satisfies Record<SpanName, string>,
  opening: 'Đang mở dòng thời gian…',
  going: 'Đang tải thời điểm này…',
  held: 'Đang chờ dữ liệu…',
  empty: 'Nhật ký chưa có gì để xem lại.',
  failed: (why: string) => `Không xem lại được: ${why}`,
  unreachable: 'Không tới được máy chủ. Kiểm tra đường truyền rồi thử lại.',
  again: 'Thử lại',

  compare: 'So với hiện tại',
  divider: 'Đường chia giữa lúc đó và bây giờ',
  then: (when: string) => `Lúc ${when}`,
  now: 'Bây giờ',
  comparing: 'Đang mở bản đồ hiện tại…',

  picture: 'Ảnh PNG',
  film: 'Quay phim WebM',
  pictures: 'Chuỗi ảnh ZIP',
  stopFilming: 'Dừng và lưu phim',
  noFilm: 'Trình duyệt này không quay được phim: dùng chuỗi ảnh.',
  pictureFailed: 'Không chụp được bản đồ.',
  fileName: 'phu-song',

  about: {
    standing:
      'Ranh giới và dân số là của hiện tại, để so sánh được giữa các thời điểm. Tham số của phương pháp là của thời điểm đang xem.',
    terrain: 'Phương pháp địa hình không tính lại cho quá khứ: số liệu ở đây theo bán kính.',
    reading: 'Đang xem quá khứ: không sửa được gì ở đây. Về hiện tại để cập nhật.',
  },
  pictureSource: 'Nguồn: nhật ký Phủ Sóng',
  pictureSimulated: 'MÔ PHỎNG',
  pictureFigures: (stations: string, share: string, hamlets: string, communes: string) =>
    `${stations} trạm 5G · ${share} dân số có 5G · ${hamlets} thôn lõm sóng · ${communes} xã có mạng truyền số liệu`,

  former: '63 tỉnh cũ',
  formerNow: (former: string, successor: string) => `${former} (nay: ${successor})`,
  formerNote: 'Ranh giới xấp xỉ của 63 tỉnh, thành phố trước 1/7/2025 (Natural Earth).',
  formerFailed: 'Không tải được ranh giới 63 tỉnh cũ. Tải lại trang để thử lại.',

  chart: {
    title: 'Theo thời gian',
    figure: 'Số liệu',
    from: 'Từ ngày',
    to: 'Đến ngày',
    whole: 'Cả khoảng',
    counted: 'Đếm từ nhật ký',
    reported: 'Chỉ số được báo cáo',
    metrics: {
      '5g.population': 'Người có sóng 5G',
      '5g.stations': 'Trạm 5G phát sóng',
      'hamlets.uncovered': 'Thôn lõm sóng',
      'tslcd.communes': 'Xã có mạng truyền số liệu',
    } satisfies Record<Metric, string>,
    making: 'Đang kể lại từ nhật ký…',
    none: 'Không có số liệu nào trong khoảng này.',
    at: (when: string, value: string) => `${when}: ${value}`,
    label: (figure: string, unit: string) => `${figure}, ${unit}, theo thời gian`,
    weekly: 'Cuối mỗi tuần; phủ sóng ước lượng theo bán kính.',
    source: (source: string) => `Nguồn: ${source}`,
    failed: (why: string) => `Không vẽ được: ${why}`,
  },
};

const en: typeof vi = {
  label: 'Timeline',
  lookingBack: (when) => `Looking back at ${when}`,
  present: 'Now',
  presentHint: 'Drag the slider to see the country as it was at any moment.',
  toPresent: 'Back to now',
  simulated: 'simulated time',
  recorded: (when) => `recorded at ${when}`,
  slider: 'Moment',
  play: 'Play',
  pause: 'Pause',
  speed: 'Speed',
  perSecond: (what) => `${what} a second`,
  lengths: {
    1000: '1 second',
    60000: '1 minute',
    600000: '10 minutes',
    3600000: '1 hour',
    21600000: '6 hours',
    86400000: '1 day',
    259200000: '3 days',
    604800000: '1 week',
    2592000000: '1 month',
  },
  span: 'Span',
  spans: {
    all: 'All of it',
    year: '1 year',
    month: '30 days',
    week: '7 days',
    day: '24 hours',
    hour: '1 hour',
  },
  opening: 'Opening the timeline…',
  going: 'Loading this moment…',
  held: 'Waiting for data…',
  empty: 'There is nothing in the log to look back on yet.',
  failed: (why) => `Looking back did not work: ${why}`,
  unreachable: 'The server cannot be reached. Check the line and try again.',
  again: 'Try again',

  compare: 'Compare with now',
  divider: 'Divider between then and now',
  then: (when) => `At ${when}`,
  now: 'Now',
  comparing: 'Opening the map of now…',

  picture: 'PNG picture',
  film: 'Record WebM',
  pictures: 'Pictures as ZIP',
  stopFilming: 'Stop and save the film',
  noFilm: 'This browser cannot record a film: take the pictures instead.',
  pictureFailed: 'The map could not be pictured.',
  fileName: 'phu-song',

  about: {
    standing:
      'Boundaries and people are those of today, so that moments can be compared. The parameters of the methods are those of the moment.',
    terrain: 'Method terrain is not counted for the past: the figures here are by radius.',
    reading: 'This is the past: nothing can be changed here. Go back to now to edit.',
  },
  pictureSource: 'Source: the log of Phủ Sóng',
  pictureSimulated: 'SIMULATED',
  pictureFigures: (stations, share, hamlets, communes) =>
    `${stations} 5G stations · ${share} of people have 5G · ${hamlets} hamlets without a signal · ${communes} communes on the data network`,

  former: '63 former provinces',
  formerNow: (former, successor) => `${former} (now: ${successor})`,
  formerNote:
    'Approximate borders of the 63 provinces and cities before 1 July 2025 (Natural Earth).',
  formerFailed: 'The former provinces could not be fetched. Load the page anew to try again.',

  chart: {
    title: 'Over time',
    figure: 'Figure',
    from: 'From',
    to: 'To',
    whole: 'All of it',
    counted: 'Counted from the log',
    reported: 'Reported indicators',
    metrics: {
      '5g.population': 'People with 5G',
      '5g.stations': '5G stations on air',
      'hamlets.uncovered': 'Hamlets without a signal',
      'tslcd.communes': 'Communes on the data network',
    },
    making: 'Being told from the log…',
    none: 'There are no figures in this span.',
    at: (when, value) => `${when}: ${value}`,
    label: (figure, unit) => `${figure}, ${unit}, over time`,
    weekly: 'At the end of each week; coverage is estimated by radius.',
    source: (source) => `Source: ${source}`,
    failed: (why) => `It could not be drawn: ${why}`,
  },
};

/** Reactive: read it inside a component or a `$derived`. */
export function timeWords(): typeof vi {
  return view.language === 'en' ? en : vi;
}
