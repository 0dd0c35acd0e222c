/** How high the sheet of a phone stands, and how a finger moves it. */

const SHEET_HEIGHTS = ['low', 'middle', 'high'] as const;
export type SheetHeight = (typeof SHEET_HEIGHTS)[number];

/** What a tap on the handle does: one step up, and from the top all the way down. */
export function nextHeight(height: SheetHeight): SheetHeight {
  return SHEET_HEIGHTS[SHEET_HEIGHTS.indexOf(height) + 1] ?? 'low';
}

/** A drag shorter than this is a tap. */
const TAP_PX = 8;

/** Where a drag by `upPx` (negative: down) from a height ends; undefined for a tap. */
export function draggedTo(height: SheetHeight, upPx: number): SheetHeight | undefined {
  if (Math.abs(upPx) < TAP_PX) return undefined;
  const step = SHEET_HEIGHTS.indexOf(height) + Math.sign(upPx);
  return SHEET_HEIGHTS[Math.min(SHEET_HEIGHTS.length - 1, Math.max(0, step))];
}

/** Attaches dragging to the handle: the sheet follows the finger, then settles. */
export function sheetDrag(
  sheet: () => HTMLElement | undefined,
  settle: (height: SheetHeight) => void,
  current: () => SheetHeight,
): (handle: HTMLElement) => () => void {
  return (handle) => {
    let startY: number | undefined;
    let dragged = false;
    const up = (event: PointerEvent): number => (startY ?? event.clientY) - event.clientY;

    const press = (event: PointerEvent): void => {
      startY = event.clientY;
      dragged = false;
      handle.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent): void => {
      if (startY === undefined) return;
      sheet()?.style.setProperty('--dragged', `${up(event)}px`);
    };
    const release = (event: PointerEvent): void => {
      if (startY === undefined) return;
      const height = draggedTo(current(), up(event));
      startY = undefined;
      sheet()?.style.removeProperty('--dragged');
      dragged = height !== undefined;
      if (height) settle(height);
    };
    /** The click that ends a drag is not a tap. */
    const click = (event: MouseEvent): void => {
      if (dragged) event.stopImmediatePropagation();
      dragged = false;
    };
    handle.addEventListener('pointerdown', press);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', release);
    handle.addEventListener('pointercancel', release);
    handle.addEventListener('click', click, { capture: true });
    return () => {
      handle.removeEventListener('pointerdown', press);
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', release);
      handle.removeEventListener('pointercancel', release);
      handle.removeEventListener('click', click, { capture: true });
    };
  };
}
