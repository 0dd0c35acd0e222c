/** The words of the task "reports" and of handling one. Numbers arrive already written. */
import type { ReportStatus } from '../../data/model/things.ts';
import { view } from '../view/view.svelte.ts';

const vi = {
  title: (unit: string) => `Phản ánh không có sóng ở ${unit}`,
  state: 'Tình trạng',
  states: {
    open: 'Chưa xong',
    received: 'Chưa trả lời',
    checking: 'Đang kiểm tra',
    confirmed: 'Đã xác nhận',
    solved: 'Đã có sóng',
    declined: 'Không tiếp nhận',
    all: 'Tất cả',
  } satisfies Record<ReportStatus | 'open' | 'all', string>,
  operator: 'Nhà mạng',
  anyOperator: 'Mọi phản ánh',
  order: 'Thứ tự',
  orders: { oldest: 'Cũ nhất trước', newest: 'Mới nhất trước' },
  none: 'Không có phản ánh nào như vậy.',
  waits: (days: string) => `chờ ${days} ngày`,
  today: 'hôm nay',
  more: (count: string) => `Xem thêm ${count}`,

  share: 'Đường dẫn để người dân phản ánh',
  shareWhy:
    'Ai có đường dẫn này cũng gửi được phản ánh tới xã, không cần tài khoản. In mã hoặc gửi đường dẫn cho trưởng thôn, bản.',
  copy: 'Chép đường dẫn',
  copied: 'Đã chép',
  print: 'In mã',
  qrOf: (unit: string) => `Mã QR của đường dẫn phản ánh, ${unit}`,
  scan: 'Quét để báo chỗ không có sóng',

  loading: 'Đang đọc nội dung…',
  unreachable: 'Không đọc được nội dung: mất kết nối tới máy chủ.',
  signIn: 'Lời kể, ảnh và cách liên hệ chỉ người phụ trách địa bàn đăng nhập mới xem được.',
  noWords: 'Người gửi không viết gì thêm.',
  contact: 'Liên hệ',
  exact: 'Điểm chính xác',
  photo: 'Ảnh người dân gửi',
  erased: (by: string, day: string) => `Nội dung riêng tư đã được ${by} xóa ngày ${day}.`,
  history: 'Các bước',
  came: 'đã nhận',
  byPublic: 'người dân gửi',
  next: 'Bước tiếp theo',
  answer: 'Trả lời người gửi',
  answerHint: 'Người gửi đọc được ở trang theo dõi. Bắt buộc khi không tiếp nhận.',
  steps: {
    received: 'Chưa trả lời',
    checking: 'Bắt đầu kiểm tra',
    confirmed: 'Xác nhận không có sóng',
    solved: 'Đã có sóng',
    declined: 'Không tiếp nhận',
  } satisfies Record<ReportStatus, string>,
  reopen: 'Mở lại để kiểm tra',
  needsAnswer: 'Viết lý do cho người gửi trước khi không tiếp nhận.',
  stale: 'Người khác vừa cập nhật phản ánh này. Xem lại rồi chọn bước.',
  failed: (why: string) => `Chưa ghi được: ${why}`,
  offline: 'Chưa ghi được: mất kết nối. Bấm lại khi có mạng, không bị ghi hai lần.',
  erase: 'Xóa nội dung riêng tư',
  eraseSure: 'Bấm lần nữa để xóa hẳn lời kể, ảnh, liên hệ',
};
type ReportWords = typeof vi;

const en: ReportWords = {
  title: (unit) => `Reports of no signal in ${unit}`,
  state: 'State',
  states: {
    open: 'Open',
    received: 'Unanswered',
    checking: 'Being checked',
    confirmed: 'Confirmed',
    solved: 'Solved',
    declined: 'Not taken up',
    all: 'All',
  },
  operator: 'Operator',
  anyOperator: 'All reports',
  order: 'Order',
  orders: { oldest: 'Oldest first', newest: 'Newest first' },
  none: 'There are no such reports.',
  waits: (days) => `waits ${days} days`,
  today: 'today',
  more: (count) => `Show ${count} more`,

  share: 'The link by which people report',
  shareWhy:
    'Whoever has this link can send a report to the commune, without an account. Print the code, or send the link to the heads of hamlets.',
  copy: 'Copy the link',
  copied: 'Copied',
  print: 'Print the code',
  qrOf: (unit) => `QR code of the link for reports, ${unit}`,
  scan: 'Scan to report a place without signal',

  loading: 'Reading…',
  unreachable: 'It cannot be read: there is no connection to the server.',
  signIn: 'Words, photo and contact are shown to those in charge of the area who are signed in.',
  noWords: 'The sender wrote nothing more.',
  contact: 'Contact',
  exact: 'Exact point',
  photo: 'The photo that was sent',
  erased: (by, day) => `What was personal was erased by ${by} on ${day}.`,
  history: 'Steps',
  came: 'received',
  byPublic: 'sent by the public',
  next: 'Next step',
  answer: 'Answer to the sender',
  answerHint: 'The sender reads it on the follow page. Needed when it is not taken up.',
  steps: {
    received: 'Unanswered',
    checking: 'Begin to check',
    confirmed: 'Confirm: no signal',
    solved: 'Has a signal now',
    declined: 'Not taken up',
  },
  reopen: 'Open again to check',
  needsAnswer: 'Write the reason for the sender before you decline it.',
  stale: 'Somebody else has just changed this report. Look again, then choose a step.',
  failed: (why) => `Not done: ${why}`,
  offline: 'Not done: no connection. Press again when there is one; it is never done twice.',
  erase: 'Erase what is personal',
  eraseSure: 'Press again to erase words, photo and contact for good',
};

/** Reactive. */
export function reportWords(): ReportWords {
  return view.language === 'en' ? en : vi;
}
