/** The words of the task "plans". Numbers arrive already written. */
import type { PlanEnd, PlanGoal, SiteKind } from '../../data/wire/plans.ts';
import { view } from '../view/view.svelte.ts';

const vi = {
  title: 'Trạm tiếp theo nên đặt ở đâu',
  intro: (unit: string, method: string) =>
    `Chọn vị trí phủ thêm được nhiều người nhất ở ${unit}, ${method}.`,
  noTerrain: 'Kế hoạch chưa lập được theo địa hình: dùng quỹ đường truyền thay vào.',
  count: 'Số trạm cần chọn',
  technology: 'Công nghệ',
  operator: 'Nhà mạng',
  anyOperator: 'Nhà mạng nào cũng được',
  band: 'Băng tần',
  anyBand: 'Băng tần phủ xa nhất',
  goal: 'Ưu tiên',
  goals: {
    people: 'Nhiều người nhất',
    hamlets: 'Thôn lõm sóng trước',
    disadvantaged: 'Xã đặc biệt khó khăn trước',
  } satisfies Record<PlanGoal, string>,
  limits: 'Giới hạn',
  limitsHint: 'Bỏ trống là không giới hạn.',
  perProvince: 'Trạm mỗi tỉnh, nhiều nhất',
  perOperatorBand: 'Trạm mỗi nhà mạng trên mỗi băng tần, nhiều nhất',
  nodeWithinKm: 'Cách nút mạng truyền số liệu không quá (km)',
  budget: 'Ngân sách (triệu đồng)',
  costPerSite: 'Giá một trạm mới (triệu đồng)',
  costOnMast: 'Giá một trạm trên cột có sẵn (triệu đồng)',
  heightM: 'Độ cao ăng-ten trạm mới (m)',
  needsCost: 'Ngân sách cần có giá một trạm.',
  start: 'Tìm vị trí',
  starting: 'Đang gửi…',

  waiting: 'Đang chờ đến lượt…',
  running: 'Đang chọn vị trí…',
  cancel: 'Dừng lại',
  cancelled: 'Kế hoạch này đã được dừng.',
  failed: (why: string) => `Không lập được kế hoạch: ${why}`,
  refused: (why: string) => `Máy chủ không nhận: ${why}`,
  unreachable: 'Không tới được máy chủ. Kiểm tra đường truyền rồi thử lại.',
  gone: 'Kế hoạch này không còn: máy chủ chỉ giữ kế hoạch trong một giờ.',
  another: 'Lập kế hoạch khác',

  result: (sites: string, unit: string) => `${sites} trạm tiếp theo cho ${unit}`,
  none: (unit: string) => `Không tìm được vị trí nào ở ${unit}`,
  gained: (people: string) => `${people} người có thêm sóng`,
  fromTo: (before: string, after: string) => `${before} → ${after}`,
  hamlets: (count: string) => `${count} thôn lõm sóng nằm trong vùng phủ mới`,
  basis: (method: string, time: string) => `${method}, theo dữ liệu lúc ${time}.`,
  ended: {
    count: '',
    candidates: 'Đã dùng hết các vị trí.',
    covered: 'Dừng sớm vì không vị trí nào còn phủ thêm được ai.',
    limits: 'Dừng vì các giới hạn đã đầy.',
    budget: 'Dừng vì ngân sách còn lại không đủ cho một trạm nữa.',
  } satisfies Record<PlanEnd, string>,
  candidates: (count: string) => `Đã xét ${count} vị trí.`,
  guarantee: {
    proven: (proven: string) =>
      `Cách chọn này đạt ít nhất ${proven} của cách tốt nhất có thể trong các vị trí đã xét.`,
    count: (factor: string) =>
      `Phương pháp chọn bảo đảm ít nhất ${factor} (1 − 1/e) của cách tốt nhất có thể.`,
    groups: (matroids: string, factor: string) =>
      `Với ${matroids} giới hạn theo nhóm, cách chọn này bảo đảm ít nhất ${factor} của cách tốt nhất có thể.`,
    budget: (factor: string) =>
      `Với ngân sách và giá khác nhau, cách chọn này bảo đảm ít nhất ${factor} của cách tốt nhất có thể, (1 − 1/e)/2.`,
    none: 'Với các giới hạn kết hợp thế này, không có bảo đảm nào về mức gần tốt nhất.',
  },
  byGoal: 'Mức bảo đảm tính theo điều đã ưu tiên.',
  toScenario: 'Đưa vào phương án',
  firstOnly: (count: string) =>
    `Một phương án chứa tối đa ${count} trạm: chỉ các trạm đầu được đưa vào.`,

  curve: 'Số người theo số trạm',
  curveOf: (sites: string, people: string, share: string) =>
    `Đường cong: ${sites} trạm thêm ${people} người có sóng, đạt ${share} dân số`,
  people: 'người có thêm sóng',
  sites: 'số trạm',
  after: (sites: string) => `Sau ${sites} trạm`,
  reading: (people: string, share: string) => `+${people} người, ${share} dân số có sóng`,

  list: 'Thứ tự xây dựng',
  listEnds: (count: string) => `Danh sách dừng ở ${count} trạm đầu; bản đồ có đủ.`,
  total: (people: string) => `tổng ${people}`,
  gain: (people: string) => `+${people}`,
  kinds: {
    mast: 'cột có sẵn',
    centre: 'giữa xã',
    cluster: 'giữa vùng lõm',
    lattice: 'vị trí mới',
  } satisfies Record<SiteKind, string>,
  node: (km: string) => `cách nút mạng ${km} km`,
  hamletsHere: (count: string) => `${count} thôn lõm sóng`,
  cost: (money: string) => `${money} triệu đồng`,
};
export type PlanWords = typeof vi;

const en: PlanWords = {
  title: 'Where the next stations should go',
  intro: (unit, method) => `Finds the places that reach most more people in ${unit}, ${method}.`,
  noTerrain: 'Plans cannot be made by terrain yet: the link budget is used instead.',
  count: 'Stations to choose',
  technology: 'Technology',
  operator: 'Operator',
  anyOperator: 'Any operator',
  band: 'Band',
  anyBand: 'The band that reaches farthest',
  goal: 'What comes first',
  goals: {
    people: 'Most people',
    hamlets: 'Uncovered hamlets first',
    disadvantaged: 'Specially disadvantaged communes first',
  },
  limits: 'Limits',
  limitsHint: 'Left empty, there is no limit.',
  perProvince: 'Stations in one province, at most',
  perOperatorBand: 'Stations of one operator on one band, at most',
  nodeWithinKm: 'No farther from a node of the data network than (km)',
  budget: 'Budget (million đồng)',
  costPerSite: 'Cost of a new station (million đồng)',
  costOnMast: 'Cost of a station on an existing mast (million đồng)',
  heightM: 'Antenna height of a new station (m)',
  needsCost: 'A budget needs the cost of a station.',
  start: 'Find places',
  starting: 'Sending…',

  waiting: 'Waiting for its turn…',
  running: 'Choosing places…',
  cancel: 'Stop',
  cancelled: 'This plan was stopped.',
  failed: (why) => `No plan could be made: ${why}`,
  refused: (why) => `The server refused: ${why}`,
  unreachable: 'The server cannot be reached. Check the line, then try again.',
  gone: 'This plan is gone: the server keeps plans for an hour only.',
  another: 'Make another plan',

  result: (sites, unit) => `The next ${sites} stations for ${unit}`,
  none: (unit) => `No place was found in ${unit}`,
  gained: (people) => `${people} more people with a signal`,
  fromTo: (before, after) => `${before} → ${after}`,
  hamlets: (count) => `${count} uncovered hamlets within the new reach`,
  basis: (method, time) => `${method}, on the data of ${time}.`,
  ended: {
    count: '',
    candidates: 'Every place has been used.',
    covered: 'Ended early: no place is left that reaches anybody more.',
    limits: 'Ended because the limits are full.',
    budget: 'Ended because the rest of the budget does not pay for another station.',
  },
  candidates: (count) => `${count} places were looked at.`,
  guarantee: {
    proven: (proven) =>
      `This choice reaches at least ${proven} of the best possible one among the places looked at.`,
    count: (factor) =>
      `The way of choosing guarantees at least ${factor} (1 − 1/e) of the best possible.`,
    groups: (matroids, factor) =>
      `With ${matroids} limits per group, this choice is guaranteed at least ${factor} of the best possible.`,
    budget: (factor) =>
      `With a budget and unlike costs, this choice is guaranteed at least ${factor} of the best possible, (1 − 1/e)/2.`,
    none: 'With these limits together, nothing is guaranteed about how near to the best it is.',
  },
  byGoal: 'The guarantee is measured in what comes first.',
  toScenario: 'Put into a scenario',
  firstOnly: (count) => `A scenario holds at most ${count} stations: only the first go into it.`,

  curve: 'People by stations',
  curveOf: (sites, people, share) =>
    `Curve: ${sites} stations bring a signal to ${people} more people, ${share} of all`,
  people: 'more people with a signal',
  sites: 'stations',
  after: (sites) => `After ${sites} stations`,
  reading: (people, share) => `+${people} people, ${share} of all with a signal`,

  list: 'In the order of building',
  listEnds: (count) => `The list ends after the first ${count}; the map has all of them.`,
  total: (people) => `${people} in all`,
  gain: (people) => `+${people}`,
  kinds: {
    mast: 'existing mast',
    centre: 'middle of the commune',
    cluster: 'middle of a gap',
    lattice: 'new place',
  },
  node: (km) => `${km} km from a network node`,
  hamletsHere: (count) => `${count} uncovered hamlets`,
  cost: (money) => `${money} million đồng`,
};

/** Reactive: in the language of the view. */
export function planWords(): PlanWords {
  return view.language === 'en' ? en : vi;
}

/** The form's names of what a request holds, by what the wire calls it. */
export function namesOf(p: PlanWords): Partial<Record<string, string>> {
  const { count, technology, operator, band, goal, heightM, limits } = p;
  const { perProvince, perOperatorBand, nodeWithinKm, budget, costPerSite, costOnMast } = p;
  return {
    ...{ count, technology, operator, band, goal, heightM, limits, perProvince, perOperatorBand },
    ...{ nodeWithinM: nodeWithinKm, budget, costPerSite, costOnMast },
  };
}
