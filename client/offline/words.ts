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
  restore: (name: string, version: string) => `Đưa ${name} trở lại phiên bản ${version}`,
  openAgain: 'Mở ra sửa',
  drop: 'Bỏ',
  dropAsk: (name: string) => `Bỏ thay đổi của ${name}? Nội dung đã nhập sẽ mất.`,
  dropTried: 'Thay đổi này đã lên đường và có thể đã tới máy chủ: bỏ ở đây không thu hồi được nó.',
  dropDo: 'Bỏ thay đổi này',
  keep: 'Giữ lại',
  waitsOfYours: (count: string) =>
    `${count} thay đổi của bạn còn giữ trên máy này, sẽ gửi khi bạn đăng nhập lại.`,
  nameless: 'mục chưa đặt tên',
  needs: {
    decide:
      'Chưa có đường truyền. Duyệt, trả lại hay rút đề xuất phải chờ nối lại, vì có thể người khác đã quyết định. Lời bạn viết vẫn ở đây.',
    require: 'Chưa có đường truyền. Bật hay tắt phê duyệt phải chờ nối lại.',
    scenario:
      'Chưa có đường truyền. Lưu, xóa hay đưa vào kế hoạch phải chờ nối lại. Phần bạn đang làm vẫn giữ ở đây.',
    import: 'Chưa có đường truyền. Nhập tệp phải chờ nối lại: máy chủ đọc và kiểm tra từng dòng.',
    accounts: 'Chưa có đường truyền. Tài khoản, phiên và màn hình chỉ đổi được khi nối lại.',
    parameters:
      'Chưa có đường truyền. Tham số tính cho cả nước, chỉ đổi được khi nối lại. Số bạn nhập vẫn ở đây.',
    plan: 'Chưa có đường truyền. Máy chủ tính phương án: chờ nối lại. Lựa chọn của bạn vẫn ở đây.',
    alerts:
      'Chưa có đường truyền. Nhận xử lý phải chờ nối lại, vì có thể người khác đã nhận. Lời bạn viết vẫn ở đây.',
    rules:
      'Chưa có đường truyền. Máy chủ thử và giữ quy tắc: chờ nối lại. Phần bạn đang viết vẫn ở đây.',
    webhooks: 'Chưa có đường truyền. Kênh nhận tin chỉ đổi và gửi thử được khi nối lại.',
    erase: 'Chưa có đường truyền. Xóa hẳn nội dung riêng tư phải chờ nối lại.',
    export: 'Chưa có đường truyền. Máy chủ làm tệp: tải về được khi nối lại.',
    session: 'Chưa có đường truyền. Đăng nhập, đăng xuất hay đổi mật khẩu phải chờ nối lại.',
  },
};
/** What only the server can do, and why. */
export type Act = keyof (typeof vi)['needs'];
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
  restore: (name, version) => `Bring ${name} back to version ${version}`,
  openAgain: 'Open to mend',
  drop: 'Give up',
  dropAsk: (name) => `Give up the change of ${name}? What was typed is lost.`,
  dropTried:
    'It was on its way and may have reached the server: giving it up here does not call it back.',
  dropDo: 'Give this change up',
  keep: 'Keep it',
  waitsOfYours: (count) =>
    `${count} changes of yours are kept on this machine and are sent when you sign in again.`,
  nameless: 'something without a name',
  needs: {
    decide:
      'There is no line. Accepting, returning and withdrawing wait for it, because others may have decided. What you wrote stays here.',
    require: 'There is no line. Asking for approval can be switched when it is back.',
    scenario:
      'There is no line. Saving, deleting and approving wait for it. What you are doing is kept here.',
    import: 'There is no line. Importing waits for it: the server reads and checks every row.',
    accounts: 'There is no line. Accounts, sessions and displays can be changed when it is back.',
    parameters:
      'There is no line. Parameters hold for the whole country and can be changed when it is back. What you typed stays here.',
    plan: 'There is no line. The server makes the plan when it is back. What you chose stays here.',
    alerts:
      'There is no line. Taking an alert on waits for it, because others may have. What you wrote stays here.',
    rules:
      'There is no line. The server tries and keeps rules when it is back. What you wrote stays here.',
    webhooks: 'There is no line. Webhooks can be changed and tested when it is back.',
    erase: 'There is no line. What is personal can be erased for good when it is back.',
    export: 'There is no line. The server makes the file when it is back.',
    session: 'There is no line. Signing in or out and changing a password wait for it.',
  },
};

/** Reactive. */
export function offlineWords(): OfflineWords {
  return view.language === 'en' ? en : vi;
}
