/** The words of accounts: roles, passwords, and sessions that end or do not begin. */
import type { Role } from '../../data/model/account.ts';
import { LEAST_PASSWORD, type SignInRefusal } from '../../data/wire/accounts.ts';
import { view } from '../view/view.svelte.ts';

const vi = {
  role: 'Vai trò',
  units: 'Đơn vị',
  roles: {
    viewer: 'Người xem',
    reporter: 'Người báo cáo hiện trường',
    editor: 'Người biên tập',
    approver: 'Người duyệt',
    planner: 'Người quy hoạch',
    operator: 'Người vận hành',
  } satisfies Record<Role, string>,
  roleMay: {
    viewer: 'Chỉ xem.',
    reporter: 'Báo từ hiện trường trạng thái, vị trí và những gì nhìn thấy được của trạm.',
    editor: 'Giữ mọi thứ nằm trong đơn vị của mình.',
    approver: 'Như người biên tập.',
    planner: 'Lập trạm dự kiến và phương án trong đơn vị của mình.',
    operator: 'Làm mọi việc, và quản trị tài khoản, phiên đăng nhập, màn hình.',
  } satisfies Record<Role, string>,
  external: (provider: string) => `Tài khoản này đăng nhập qua ${provider}.`,
  someProvider: 'hệ thống danh tính của tổ chức',
  display: 'Đây là một màn hình: chỉ để xem.',

  password: {
    change: 'Đổi mật khẩu',
    first: 'Đặt mật khẩu của riêng bạn',
    why: 'Mật khẩu vừa dùng do người khác cấp và chỉ dùng một lần. Đặt mật khẩu mới rồi mới làm việc được.',
    current: 'Mật khẩu hiện tại',
    fresh: 'Mật khẩu mới',
    show: 'Hiện mật khẩu',
    rules: `Ít nhất ${LEAST_PASSWORD} ký tự, không chỉ lặp lại vài ký tự, và khác mật khẩu cũ. Một câu dài dễ nhớ là tốt nhất.`,
    save: 'Đổi mật khẩu',
    saving: 'Đang đổi…',
    done: 'Đã đổi mật khẩu. Mọi phiên đăng nhập khác của bạn đã kết thúc.',
    back: 'Thôi',
    missing: 'Nhập mật khẩu hiện tại.',
    wrong: 'Mật khẩu hiện tại không đúng.',
    short: `Mật khẩu mới còn ngắn: cần ít nhất ${LEAST_PASSWORD} ký tự.`,
    long: 'Mật khẩu mới quá dài: nhiều nhất 200 ký tự.',
    repeating: 'Mật khẩu mới chỉ lặp lại vài ký tự: dùng thêm ký tự khác.',
    same: 'Mật khẩu mới phải khác mật khẩu cũ.',
    ended: 'Phiên đăng nhập đã kết thúc. Đăng nhập lại rồi đổi.',
  },

  ended:
    'Phiên đăng nhập đã kết thúc. Đăng nhập lại để làm tiếp; những gì đang nhập dở vẫn còn nguyên trên trang.',
  or: 'hoặc',
  through: (provider: string) => `Đăng nhập qua ${provider}`,
  throughBeside: 'Mở trong thẻ khác; xong thì quay lại đây.',
  refused: {
    unreachable:
      'Không tới được hệ thống danh tính của tổ chức. Thử lại sau, hoặc đăng nhập bằng mật khẩu.',
    expired: 'Lần đăng nhập này đã quá hạn hoặc đã được dùng. Bấm đăng nhập lần nữa.',
    denied: 'Hệ thống danh tính của tổ chức đã từ chối lần đăng nhập này.',
    role: 'Hệ thống danh tính không cho biết vai trò của bạn trong Phủ Sóng, hoặc vai trò đó không có. Nhờ người quản lý danh tính gán vai trò.',
    units:
      'Hệ thống danh tính không cho biết đơn vị của bạn, hoặc có đơn vị không tồn tại. Nhờ người quản lý danh tính gán mã tỉnh, xã, hoặc “vn”.',
    name: 'Tên của bạn ở hệ thống danh tính không dùng được làm tên đăng nhập ở đây.',
    taken:
      'Tên của bạn ở hệ thống danh tính đã là của một tài khoản khác ở đây. Báo người vận hành.',
    disabled: 'Tài khoản này đã bị khóa. Báo người vận hành nếu cần mở lại.',
    failed: 'Lời xác nhận của hệ thống danh tính không kiểm chứng được. Báo người vận hành.',
    busy: 'Quá nhiều lần đăng nhập từ nơi này. Chờ một phút rồi thử lại.',
    display: 'Mã màn hình trong địa chỉ không dùng được nữa. Xin người vận hành một mã mới.',
  } satisfies Record<SignInRefusal | 'display', string>,
};

const en: typeof vi = {
  role: 'Role',
  units: 'Units',
  roles: {
    viewer: 'Viewer',
    reporter: 'Field reporter',
    editor: 'Editor',
    approver: 'Approver',
    planner: 'Planner',
    operator: 'Operator',
  },
  roleMay: {
    viewer: 'Looks.',
    reporter: 'Tells from the field the status, the place and what can be seen of a station.',
    editor: 'Keeps everything that stands in their units.',
    approver: 'As an editor.',
    planner: 'Plans stations and scenarios in their units.',
    operator: 'Does everything, and keeps accounts, sessions and displays.',
  },
  external: (provider) => `This account signs in through ${provider}.`,
  someProvider: 'the organisation’s identity provider',
  display: 'This is a display: it can only look.',

  password: {
    change: 'Change the password',
    first: 'Set a password of your own',
    why: 'The password just used was given out by somebody else and works once. Set a new one to go on.',
    current: 'Current password',
    fresh: 'New password',
    show: 'Show the password',
    rules: `At least ${LEAST_PASSWORD} characters, not a few of them over and over, and not the one before. A long sentence that is easy to remember is best.`,
    save: 'Change the password',
    saving: 'Changing…',
    done: 'The password is changed. All your other sessions have ended.',
    back: 'Cancel',
    missing: 'Enter the current password.',
    wrong: 'The current password is wrong.',
    short: `The new password is short: it needs at least ${LEAST_PASSWORD} characters.`,
    long: 'The new password is too long: 200 characters at most.',
    repeating: 'The new password repeats a few characters: use others too.',
    same: 'The new password must differ from the one before.',
    ended: 'The session has ended. Sign in again, then change it.',
  },

  ended:
    'The session has ended. Sign in again to go on; what was being typed is still there on the page.',
  or: 'or',
  through: (provider) => `Sign in through ${provider}`,
  throughBeside: 'Opens in another tab; come back here after it.',
  refused: {
    unreachable:
      'The organisation’s identity provider cannot be reached. Try later, or sign in with a password.',
    expired: 'This sign-in took too long or was used already. Sign in once more.',
    denied: 'The organisation’s identity provider refused this sign-in.',
    role: 'The identity provider tells no role for you in Phủ Sóng, or one that there is not. Ask whoever keeps identities to give you one.',
    units:
      'The identity provider tells no unit for you, or one that there is not. Ask whoever keeps identities for the codes of provinces or communes, or “vn”.',
    name: 'Your name at the identity provider cannot be a name here.',
    taken: 'Your name at the identity provider belongs to another account here. Tell an operator.',
    disabled: 'This account is disabled. Tell an operator if it should be opened again.',
    failed: 'What the identity provider said cannot be verified. Tell an operator.',
    busy: 'Too many sign-ins from here. Wait a minute and try again.',
    display: 'The display token in the address works no longer. Ask an operator for a new one.',
  },
};

export function accountWords(): typeof vi {
  return view.language === 'en' ? en : vi;
}
