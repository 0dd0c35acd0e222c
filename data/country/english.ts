/**
 * A Vietnamese name as English text writes it: without its accents. `Đắk Lắk` → `Dak Lak`.
 */
export function withoutAccents(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D');
}
