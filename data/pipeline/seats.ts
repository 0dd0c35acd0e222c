/**
 * Where old districts lay that GeoNames' list says nothing about, or of which it knows only a seat
 * at the edge: a place or the middle, placed by hand to about five kilometres. Each counts as one
 * more place of its district.
 */
import type { Point } from './plane.ts';

/** By former province and old district, degrees. */
export const HAND_PLACED: Record<string, Record<string, Point>> = {
  'Điện Biên': {
    'Huyện Nậm Pồ': [102.65, 21.95],
  },
  'Hậu Giang': {
    'Thị xã Long Mỹ': [105.6, 9.71],
  },
  'Hà Tĩnh': {
    'Thị xã Kỳ Anh': [106.37, 18.03],
  },
  'Bình Dương': {
    'Huyện Bàu Bàng': [106.62, 11.26],
    'Huyện Bắc Tân Uyên': [106.83, 11.12],
    'Huyện Phú Giáo': [106.79, 11.29],
  },
  'Bình Phước': {
    'Huyện Bù Gia Mập': [106.95, 11.9],
    'Huyện Hớn Quản': [106.61, 11.53],
    'Huyện Phú Riềng': [106.92, 11.7],
    'Thị xã Phước Long': [106.98, 11.83],
  },
  'Bình Thuận': {
    'Huyện Hàm Tân': [107.69, 10.82],
  },
  'Bình Định': {
    'Thành phố Quy Nhơn': [109.22, 13.77],
  },
  'Bạc Liêu': {
    'Huyện Vĩnh Lợi': [105.62, 9.34],
  },
  'Bắc Giang': {
    'Thị xã Chũ': [106.56, 21.37],
  },
  'Gia Lai': {
    'Huyện Chư Pưh': [108.13, 13.48],
    'Huyện Phú Thiện': [108.3, 13.52],
    'Huyện Đăk Pơ': [108.6, 13.98],
  },
  'Hà Giang': {
    'Huyện Xín Mần': [104.45, 22.68],
  },
  'Hòa Bình': {
    'Huyện Mai Châu': [105.09, 20.66],
  },
  'Hải Phòng': {
    'Huyện Vĩnh Bảo': [106.48, 20.69],
    'Quận Dương Kinh': [106.72, 20.79],
    'Quận Hải An': [106.75, 20.84],
    'Quận Hồng Bàng': [106.65, 20.866],
    'Quận Lê Chân': [106.68, 20.845],
    'Quận Ngô Quyền': [106.7, 20.857],
  },
  'Hồ Chí Minh': {
    'Quận 12': [106.65, 10.86],
    'Quận 8': [106.66, 10.73],
    'Quận Bình Tân': [106.6, 10.76],
  },
  'Kiên Giang': {
    'Huyện Giang Thành': [104.67, 10.52],
    'Huyện U Minh Thượng': [105.13, 9.6],
  },
  'Kon Tum': {
    'Huyện Kon Plông': [108.32, 14.9],
    "Huyện Ia H' Drai": [107.45, 14.08],
    'Huyện Tu Mơ Rông': [107.95, 14.87],
  },
  'Lai Châu': {
    'Huyện Nậm Nhùn': [102.98, 22.13],
    'Huyện Tân Uyên': [103.77, 22.17],
  },
  'Long An': {
    'Huyện Bến Lức': [106.49, 10.64],
    'Huyện Mộc Hóa': [105.98, 10.72],
    'Thị xã Kiến Tường': [105.93, 10.78],
  },
  'Lâm Đồng': {
    'Huyện Đam Rông': [108.1, 12.08],
  },
  'Nam Định': {
    'Huyện Ý Yên': [106.02, 20.33],
  },
  'Nghệ An': {
    'Huyện Nghĩa Đàn': [105.43, 19.37],
  },
  'Ninh Thuận': {
    'Huyện Thuận Bắc': [109.07, 11.7],
    'Huyện Thuận Nam': [108.87, 11.44],
  },
  'Phú Yên': {
    'Huyện Phú Hoà': [109.2, 13.05],
    'Huyện Tây Hoà': [109.15, 12.93],
    'Thị xã Đông Hòa': [109.33, 12.98],
  },
  'Quảng Bình': {
    'Huyện Quảng Trạch': [106.42, 17.82],
  },
  'Quảng Nam': {
    'Huyện Nam Giang': [107.4, 15.6],
    'Huyện Nam Trà My': [108.12, 15.1],
  },
  'Quảng Ngãi': {
    'Huyện Sơn Tây': [108.33, 14.98],
  },
  'Sóc Trăng': {
    'Huyện Trần Đề': [106.18, 9.53],
  },
  'Sơn La': {
    'Huyện Sốp Cộp': [103.6, 20.92],
    'Huyện Vân Hồ': [104.8, 20.78],
  },
  'Thanh Hóa': {
    'Thị xã Nghi Sơn': [105.75, 19.43],
  },
  'Thừa Thiên Huế': {
    'Quận Phú Xuân': [107.57, 16.485],
    'Quận Thuận Hóa': [107.585, 16.455],
  },
  'Tiền Giang': {
    'Huyện Cai Lậy': [106.05, 10.39],
    'Huyện Cái Bè': [106.03, 10.34],
    'Huyện Tân Phú Đông': [106.65, 10.28],
  },
  'Trà Vinh': {
    'Thị xã Duyên Hải': [106.5, 9.64],
    'Huyện Càng Long': [106.2, 9.99],
    'Huyện Cầu Ngang': [106.45, 9.8],
  },
  'Tuyên Quang': {
    'Huyện Lâm Bình': [105.22, 22.47],
    'Huyện Yên Sơn': [105.22, 21.83],
  },
  'Vĩnh Long': {
    'Huyện Bình Tân': [105.74, 10.1],
  },
  'Vĩnh Phúc': {
    'Huyện Sông Lô': [105.4, 21.45],
  },
  'Yên Bái': {
    'Huyện Văn Yên': [104.7, 21.88],
  },
  'Đà Nẵng': {
    'Quận Hải Châu': [108.22, 16.06],
  },
  'Đắk Lắk': {
    'Huyện Buôn Đôn': [107.79, 12.84],
    'Huyện Cư Kuin': [108.18, 12.6],
    'Huyện Krông Búk': [108.2, 13.05],
    'Huyện Krông Pắc': [108.3, 12.7],
    'Thị xã Buôn Hồ': [108.27, 12.92],
  },
  'Đắk Nông': {
    'Huyện Tuy Đức': [107.4, 12.2],
    'Huyện Đăk Glong': [107.85, 11.98],
    "Huyện Đắk R'Lấp": [107.52, 11.93],
  },
  'Đồng Nai': {
    'Huyện Cẩm Mỹ': [107.25, 10.8],
    'Huyện Định Quán': [107.35, 11.19],
  },
  'Đồng Tháp': {
    'Huyện Hồng Ngự': [105.24, 10.83],
    'Huyện Châu Thành': [105.83, 10.24],
    'Huyện Lai Vung': [105.65, 10.29],
    'Huyện Tháp Mười': [105.85, 10.53],
  },
};

/** Old wards by former province and name: seats of districts merged into another before 2025. */
export const HAND_PLACED_WARDS: Record<string, Record<string, Point>> = {
  'Bắc Giang': { 'Phường Nham Biền': [106.24, 21.2] },
  'Quảng Ninh': { 'Phường Hoành Bồ': [106.99, 21.06] },
};
