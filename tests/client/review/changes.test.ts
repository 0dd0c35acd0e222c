/** A proposal in words: from what to what, as the rest of the screen says it. */
import { describe, expect, it } from 'vitest';
import type { ProposedChange } from '../../../data/wire/review.ts';
import { linesOf, saidOfProposal } from '../../../client/review/changes.ts';
import { effectSaid } from '../../../client/review/effect.ts';
import { reviewWords } from '../../../client/review/words.ts';
import { vi } from '../../../client/words/vi.ts';

const station = {
  ...{ name: 'Trạm 1', operator: 'viettel', technology: '5g', band: 'n41', lon: 105.8, lat: 21 },
  ...{ heightM: 30, azimuth: 120, status: 'planned', simulated: false, source: '' },
};
const proposal = (more: Partial<ProposedChange>): ProposedChange => ({
  ...{
    what: 'change',
    id: 7,
    state: 'open',
    author: 'bientap-01',
    made: '2025-08-01T00:00:00.000Z',
  },
  ...{ type: 'station.change', noun: 'station', subject: 3, units: ['00001'], stale: false },
  ...{ before: station, fields: {}, word: '', decidedBy: null, decided: null },
  ...{ seq: null, outdatedBy: null, effect: null },
  may: { decide: false, withdraw: false, renew: false },
  ...more,
});
const names = {
  unit: (code: string) => `xã ${code}`,
  node: (id: number) => `nút ${id}`,
  programme: (id: number) => `chương trình ${id}`,
};
const lines = (more: Partial<ProposedChange>) =>
  linesOf(proposal(more), vi, reviewWords(), 'vi', names).map(
    ({ label, from, to }) => `${label}: ${from} → ${to}`,
  );

describe('what would change', () => {
  it('is told field by field, in the words of the field', () => {
    const fields = { status: 'on_air', since: '2025-08-02', heightM: 42.5, lat: 21.1 };
    expect(lines({ fields })).toEqual([
      'Trạng thái: trong kế hoạch → đang phát sóng',
      'Độ cao ăng-ten: 30 m → 42,5 m',
      'Tọa độ: 21.00000, 105.80000 → 21.10000, 105.80000',
      'Phát sóng từ: null → 2/8/2025',
    ]);
  });

  it('tells what is cleared, what is new and what would go', () => {
    expect(lines({ fields: { azimuth: null } })).toEqual(['Hướng chính: 120° → mọi hướng']);
    const added = lines({ type: 'station.add', before: null, fields: station });
    expect(added).toContain('Tên: null → Trạm 1');
    expect(added).toContain('Nhà mạng: null → Viettel');
    expect(lines({ type: 'station.remove' })).toContain('Tên: Trạm 1 → null');
  });

  it('of a link names the nodes that it joins', () => {
    const before = { from: 4, to: 5, provider: 'VNPT', bandwidthMbps: 100, status: 'up' };
    const more = { type: 'link.change', noun: 'link', before } as const;
    expect(lines({ ...more, fields: { to: 6 } })).toEqual(['Đến: nút 5 → nút 6']);
  });

  it('of a duty names its programme and its unit', () => {
    const before = {
      ...{ programme: 9, unit: '00004', name: 'Bổ sung 5G', responsible: 'UBND' },
      ...{ due: '2025-09-07', status: 'planned', simulated: false, source: '' },
    };
    const more = { type: 'duty.change', noun: 'duty', before } as const;
    expect(lines({ ...more, fields: { status: 'doing', programme: 12, unit: '00008' } })).toEqual([
      'Trạng thái: chờ làm → đang làm',
      'Thuộc chương trình: chương trình 9 → chương trình 12',
      'Đơn vị: xã 00004 → xã 00008',
    ]);
  });

  it('has a sentence over it', () => {
    const said = (more: Partial<ProposedChange>): string => saidOfProposal(proposal(more), vi);
    expect(said({})).toBe('Sửa trạm Trạm 1');
    expect(said({ type: 'station.add', before: null, fields: { name: 'Mới' } })).toBe(
      'Thêm trạm Mới',
    );
    const hamlet = {
      noun: 'hamlet',
      type: 'hamlet.resolve',
      before: { name: 'Bản Nà Lo' },
    } as const;
    expect(said(hamlet)).toBe('Bản Nà Lo đã có sóng');
    const figure = { noun: 'indicator', type: 'indicator.report', before: null } as const;
    expect(said({ ...figure, fields: { indicator: 'dvc.online' } })).toContain('dvc.online');
  });

  it('of a reported figure tells what is reported, or withdrawn', () => {
    const figure = { indicator: 'dvc.online', unit: '01', day: '2025-06-30', value: 0.5 };
    const report = { noun: 'indicator', type: 'indicator.report', subject: null } as const;
    expect(lines({ ...report, before: null, fields: figure })).toEqual([
      'Ngày: null → 30/6/2025',
      'Giá trị: null → 0,5',
    ]);
    const withdrawn = { noun: 'indicator', type: 'indicator.remove', before: figure } as const;
    expect(lines(withdrawn)).toEqual(['Ngày: 30/6/2025 → null', 'Giá trị: 0,5 → null']);
    expect(saidOfProposal(proposal(withdrawn), vi)).toContain('dvc.online');
  });
});

describe('what it would do to coverage', () => {
  it('is told of a file for each moment', () => {
    const one = { method: 'radius', field: '5g', lost: 0 } as const;
    const said = effectSaid(
      [
        { ...one, gained: 1_200, when: 'now' },
        { ...one, gained: 3_400, when: 'on_air' },
      ],
      vi,
      reviewWords(),
      'vi',
    );
    expect(said).toMatch(/^\+1\.200 người có 5G, .*; \+3\.400 người có 5G, .*, khi phát sóng$/);
    expect(effectSaid('none', vi, reviewWords(), 'vi')).toBe('Không ảnh hưởng vùng phủ');
  });
});
