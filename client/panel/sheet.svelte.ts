/** The sheet of a phone as it stands; a task raises it to be read and lowers it to show the map. */
import type { SheetHeight } from './sheet.ts';

class Sheet {
  height = $state<SheetHeight>('low');

  raise(): void {
    if (this.height === 'low') this.height = 'middle';
  }

  lower(): void {
    this.height = 'low';
  }
}

export const sheet = new Sheet();
