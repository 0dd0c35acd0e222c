/** The words of the task "field": a station on air, told from its foot. Numbers arrive written. */
import { view } from '../view/view.svelte.ts';

const vi = {
  title: 'Báo trạm lên sóng',
  signIn: 'Đăng nhập bằng tài khoản hiện trường hoặc biên tập để báo trạm lên sóng.',
  locate: 'Tìm trạm gần tôi',
  locating: 'Đang tìm vị trí…',
  noPlace: 'Không lấy được vị trí: cho phép định vị trong trình duyệt, hoặc chọn trong danh sách.',
  here: (metres: string) => `Vị trí của bạn, sai số ${metres}`,
  choose: 'Trạm chưa phát sóng gần bạn nhất',
  chooseIn: (unit: string) => `Trạm chưa phát sóng ở ${unit}`,
  none: 'Không có trạm chưa phát sóng nào trong địa bàn của bạn.',
  away: (distance: string) => `cách ${distance}`,
  back: 'Chọn trạm khác',
  photo: 'Chụp ảnh trạm',
  photoAgain: 'Chụp lại',
  photoAlt: 'Ảnh vừa chụp',
  usePlace: 'Lấy vị trí của tôi làm vị trí trạm',
  confirm: 'Báo đã lên sóng hôm nay',
  sending: 'Đang gửi…',
  done: (name: string) => `${name} đã lên sóng.`,
  proposed: (name: string) =>
    `${name}: đã gửi, đang chờ người phê duyệt của tỉnh. Được duyệt rồi trạm mới tính là phát sóng.`,
  kept: (name: string) => `${name}: đã giữ trên máy này, cả ảnh. Sẽ tự gửi khi có đường truyền.`,
  another: 'Báo trạm khác',
  offline: 'Chưa gửi được: mất kết nối. Bấm lại khi có mạng, không bị ghi hai lần.',
  stale: 'Người khác vừa cập nhật trạm này. Xem lại rồi báo.',
  failed: (why: string) => `Chưa gửi được: ${why}`,
};
type FieldWords = typeof vi;

const en: FieldWords = {
  title: 'Report a station on air',
  signIn: 'Sign in with an account for the field, or an editor’s, to report a station on air.',
  locate: 'Find stations near me',
  locating: 'Finding your location…',
  noPlace: 'No location: allow it in the browser, or choose from the list.',
  here: (metres) => `Your location, within ${metres}`,
  choose: 'Nearest stations not on air yet',
  chooseIn: (unit) => `Stations not on air yet in ${unit}`,
  none: 'There is no station in your area that is not on air yet.',
  away: (distance) => `${distance} away`,
  back: 'Choose another station',
  photo: 'Take a photo of the station',
  photoAgain: 'Take it again',
  photoAlt: 'The photo just taken',
  usePlace: 'The station stands where I am',
  confirm: 'Report on air since today',
  sending: 'Sending…',
  done: (name) => `${name} is on air.`,
  proposed: (name) =>
    `${name}: sent, and waits for an approver of the province. It counts as on air once accepted.`,
  kept: (name) =>
    `${name}: kept on this machine, with its photo. It is sent when the line is back.`,
  another: 'Report another station',
  offline: 'Not sent: no connection. Press again when there is one; it is never done twice.',
  stale: 'Somebody else has just changed this station. Look again, then report.',
  failed: (why) => `Not sent: ${why}`,
};

/** Reactive. */
export function fieldWords(): FieldWords {
  return view.language === 'en' ? en : vi;
}
