/**
 * What the page for reports can do where scripts run; without them it is whole, too. It finds the
 * place, makes the photo smaller before it goes over a bad line, keeps what was typed, and sends it
 * when the line is back. The key in the form sees to it that nothing is reported twice.
 */
import { smallerPhoto } from '../photo/smaller.ts';

/** Between two tries while the line is down, ms; coming back online tries at once. */
const RETRY_MS = 15_000;
/** Of a place older than this the person has walked away. */
const PLACE_AGE_MS = 60_000;
const LOCATE_MS = 30_000;

/** What is kept of a form on this device: its texts, not its photo, which is too large to be kept. */
type Kept = Record<string, string>;

function dress(form: HTMLFormElement): void {
  const kept = `phu-song.report${location.pathname}`;
  const state = form.querySelector<HTMLElement>('.state');
  const send = form.querySelector<HTMLButtonElement>('.send');
  const say = (text: string | undefined): void => {
    if (state) state.textContent = text ?? '';
  };
  const sendWords = send?.textContent ?? '';
  let sending = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  // A form that came back with a complaint holds what was typed already.
  if (!form.querySelector('.complaint') && fill(form, readKept(kept))) say(form.dataset['kept']);
  form.addEventListener('input', () => keep(kept, form));
  offerPlace(form);

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const by = event.submitter;
    const action = by?.getAttribute('formaction') ?? form.action;
    void submit(action, by instanceof HTMLButtonElement ? by : null);
  });

  async function submit(action: string, by: HTMLButtonElement | null): Promise<void> {
    if (sending) return;
    clearTimeout(timer);
    sending = true;
    if (send) {
      send.disabled = true;
      send.textContent = form.dataset['sending'] ?? '';
    }
    const body = new FormData(form);
    if (by?.name) body.set(by.name, by.value);
    const photo = body.get('photo');
    if (photo instanceof File && photo.size > 0)
      body.set('photo', await smallerPhoto(photo), 'photo');
    try {
      const response = await fetch(action, { method: 'POST', body });
      if (response.redirected && response.ok) {
        forget(kept);
        location.assign(response.url);
        return;
      }
      takeAnswer(await response.text());
    } catch {
      // No line: it goes on its own once there is one.
      say(form.dataset['waiting']);
      const again = (): void => {
        removeEventListener('online', again);
        void submit(action, by);
      };
      addEventListener('online', again);
      timer = setTimeout(again, RETRY_MS);
    } finally {
      sending = false;
      if (send) {
        send.disabled = false;
        send.textContent = sendWords;
      }
    }
  }

  /** Shows the page that the server answered, and gives the new form the photo of this one. */
  function takeAnswer(text: string): void {
    const answered = new DOMParser().parseFromString(text, 'text/html').querySelector('main');
    if (!answered) return;
    const photo = form.querySelector<HTMLInputElement>('input[type=file]')?.files;
    document.querySelector('main')?.replaceWith(answered);
    const next = answered.querySelector('form');
    if (!next) return;
    const input = next.querySelector<HTMLInputElement>('input[type=file]');
    if (photo?.length && input) {
      input.files = photo;
      next.querySelector('.photo-again')?.remove();
    }
    next.querySelector('.complaint')?.scrollIntoView({ block: 'center' });
    dress(next);
  }
}

/** Shows the button that only a script can serve: the place where the person stands. */
function offerPlace(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('.locate');
  const input = form.querySelector<HTMLInputElement>('#coordinates');
  if (!button || !input || !('geolocation' in navigator)) return;
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener('click', () => {
    button.disabled = true;
    button.textContent = button.dataset['locating'] ?? '';
    const done = (text: string | undefined): void => {
      button.disabled = false;
      button.textContent = text ?? '';
    };
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        input.value = `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        done(words);
      },
      () => done(button.dataset['failed']),
      { enableHighAccuracy: true, timeout: LOCATE_MS, maximumAge: PLACE_AGE_MS },
    );
  });
}

function keep(name: string, form: HTMLFormElement): void {
  const texts: Kept = {};
  for (const [field, value] of new FormData(form))
    if (typeof value === 'string' && field !== 'website') texts[field] = value;
  try {
    localStorage.setItem(name, JSON.stringify(texts));
  } catch {
    // Storage is closed to us: then it lasts as long as the page does.
  }
}

function readKept(name: string): Kept {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '{}') as Kept;
  } catch {
    return {};
  }
}

function forget(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // There was nothing.
  }
}

/** Puts kept texts back, the form's key among them; answers whether there were any. */
function fill(form: HTMLFormElement, texts: Kept): boolean {
  let filled = false;
  for (const [name, value] of Object.entries(texts)) {
    const field = form.elements.namedItem(name);
    if (field instanceof RadioNodeList) field.value = value;
    else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
      field.value = value;
    else continue;
    filled = true;
  }
  return filled;
}

const form = document.querySelector<HTMLFormElement>('form[enctype]');
if (form) dress(form);
