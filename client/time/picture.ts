/**
 * Pictures of the map with what one has to know about them: the place, the moment, the great figures,
 * the source, and that it is simulated.
 */
import type { Map as MapLibreMap } from 'maplibre-gl';

export interface Caption {
  place: string;
  when: string;
  figures: string;
  source: string;
  /** Empty where what is shown is real. */
  simulated: string;
}

const FONT = "'Be Vietnam Pro', system-ui, sans-serif";
/** Of the picture's height. */
const BAND = 0.115;
const LEAST_BAND = 84;

/** Draws the map as it is on the screen, and its caption below, into a canvas of fitting size. */
export function drawPicture(
  into: HTMLCanvasElement,
  map: MapLibreMap,
  caption: Caption,
  colours: { ground: string; text: string; muted: string; alert: string },
): void {
  const canvas = map.getCanvas();
  const band = Math.round(Math.max(LEAST_BAND, canvas.height * BAND));
  const [width, height] = [canvas.width, canvas.height + band];
  if (into.width !== width || into.height !== height) Object.assign(into, { width, height });
  const pen = into.getContext('2d');
  if (!pen) throw new Error('there is no canvas to draw on');
  pen.drawImage(canvas, 0, 0);
  pen.fillStyle = colours.ground;
  pen.fillRect(0, canvas.height, width, band);
  const gap = Math.round(band * 0.2);
  const large = Math.round(band * 0.28);
  const small = Math.round(Math.min(band * 0.155, width / 50));
  const line = (text: string, size: number, weight: number, colour: string, y: number): number => {
    pen.font = `${weight} ${size}px ${FONT}`;
    pen.fillStyle = colour;
    pen.fillText(text, gap, canvas.height + y, width - 2 * gap);
    return pen.measureText(text).width;
  };
  pen.textBaseline = 'alphabetic';
  const title = `${caption.place} · ${caption.when}`;
  const taken = line(title, large, 600, colours.text, gap + large * 0.8);
  line(caption.figures, small, 400, colours.text, gap + large + small * 1.35);
  line(caption.source, small, 400, colours.muted, gap + large + small * 2.85);
  if (caption.simulated === '') return;
  pen.font = `600 ${small}px ${FONT}`;
  pen.fillStyle = colours.alert;
  const room = width - 2 * gap - taken - gap;
  pen.fillText(caption.simulated, gap + taken + gap, canvas.height + gap + large * 0.8, room);
}

/** The map's picture can be read only in the moment in which it is drawn. */
export function onceDrawn(map: MapLibreMap, take: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    void map.once('render', () => {
      try {
        take();
        resolve();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    map.triggerRepaint();
  });
}

/** Hands a file to whoever sits before the screen. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function asPng(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be written'))),
      'image/png',
    ),
  );
}

const FILM_KINDS = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/mp4'];

/** How this browser records a film; undefined where it does not. */
export function filmKind(): string | undefined {
  if (typeof MediaRecorder === 'undefined') return undefined;
  return FILM_KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
}
