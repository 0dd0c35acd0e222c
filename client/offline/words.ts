/** The words of working without a line. Numbers and names arrive already written. */
import { view } from '../view/view.svelte.ts';

const vi = {
  title: 'Thay đổi giữ trên máy này',
  waits: (count: string) => `${count} thay đổi chờ gửi`,
  refused: (count: string) => `${count} thay đổi chưa nhận được`,
  others: (name: string, count: string) =>
    `${count} thay đổi của ${name}: đăng nhập bằng tài khoản đó để gửi.`,
  sending: 'Đang gửi…',
  sent: (count: string) => `Đã gửi xong ${count} thay đổi.`,
  proposed: (count: string) => `${count} thay đổi chờ người duyệt.`,
  show: 'Xem',
  close: 'Đóng',
  dismiss: 'Đã hiểu',
  why: 'Được gửi theo đúng thứ tự khi có đường truyền, mỗi thay đổi một lần. Thay đổi nào máy chủ không nhận thì vẫn giữ ở đây.',
  none: 'Không còn thay đổi nào chờ gửi.',
  made: (when: string) => `lúc ${when}`,
  withPhoto: 'kèm ảnh',
  remove: (name: string) => `Xóa ${name}`,
  openAgain: 'Mở ra sửa',
  drop: 'Bỏ',
  dropAsk: (name: string) => `Bỏ thay đổi của ${name}? Nội dung đã nhập sẽ mất.`,
  dropDo: 'Bỏ thay đổi này',
  keep: 'Giữ lại',
  waitsOfYours: (count: string) =>
    `${count} thay đổi của bạn còn giữ trên máy này, sẽ gửi khi bạn đăng nhập lại.`,
  nameless: 'mục chưa đặt tên',
};
type OfflineWords = typeof vi;

const en: OfflineWords = {
  title: 'Changes kept on this machine',
  waits: (count) => `${count} changes wait to be sent`,
  refused: (count) => `${count} changes were not taken`,
  others: (name, count) => `${count} changes of ${name}: sign in as ${name} to send them.`,
  sending: 'Sending…',
  sent: (count) => `${count} changes were sent.`,
  proposed: (count) => `${count} changes wait for an approver.`,
  show: 'Show',
  close: 'Close',
  dismiss: 'Fine',
  why: 'They are sent in order when there is a line, each once. What the server does not take stays here.',
  none: 'No change waits any more.',
  made: (when) => `at ${when}`,
  withPhoto: 'with a photo',
  remove: (name) => `Remove ${name}`,
  openAgain: 'Open to mend',
  drop: 'Give up',
  dropAsk: (name) => `Give up the change of ${name}? What was typed is lost.`,
  dropDo: 'Give this change up',
  keep: 'Keep it',
  waitsOfYours: (count) =>
    `${count} changes of yours are kept on this machine and are sent when you sign in again.`,
  nameless: 'something without a name',
};

/** Reactive. */
export function offlineWords(): OfflineWords {
  return view.language === 'en' ? en : vi;
}
