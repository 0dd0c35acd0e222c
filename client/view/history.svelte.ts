/** Keeps the view and the address of the page the same, both ways. */
import { formatAddress, ORDINARY, parseAddress, type Sight } from './address.ts';
import { view } from './view.svelte.ts';

const TASTE = 'phu-song.taste';
/** Browsers refuse an address that changes more often than about three times a second. */
const CAMERA_MS = 400;

/** Takes the view from the address; to be called before anything is drawn. */
export function openAddress(): void {
  Object.assign(view, parseAddress(location.search, location.hash, { ...ORDINARY, ...taste() }));
}

/** Begins to hold the view in the address; to be called within a component. */
export function holdAddress(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let opened = openedIn(view);
  /** What waits to be written. */
  let waiting: Sight | undefined;

  const write = (sight: Sight, push: boolean): void => {
    const address = formatAddress(sight);
    if (address === location.pathname + location.search + location.hash) return;
    if (push) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  };

  $effect(() => {
    const { unit, thing, task, camera, layers, colouring, method, theme, language } = view;
    const sight = {
      unit,
      thing,
      task,
      camera,
      layers: { ...layers },
      colouring,
      method,
      theme,
      language,
    };
    const push = openedIn(sight) !== opened;
    opened = openedIn(sight);
    clearTimeout(timer);
    // Opening something is a step that Back undoes, to where one was; looking around is not.
    if (push) {
      if (waiting) write(waiting, false);
      waiting = undefined;
      write(sight, true);
    } else {
      waiting = sight;
      timer = setTimeout(() => {
        waiting = undefined;
        write(sight, false);
      }, CAMERA_MS);
    }
  });
  $effect(() => keepTaste({ theme: view.theme, language: view.language }));
  $effect(() => {
    const back = (): void => {
      const sight = parseAddress(location.search, location.hash, { ...ORDINARY, ...taste() });
      opened = openedIn(sight);
      waiting = undefined;
      Object.assign(view, sight);
    };
    addEventListener('popstate', back);
    return () => {
      removeEventListener('popstate', back);
      clearTimeout(timer);
    };
  });
}

/** Choices of a task that open another screen of it. */
const SCREENS = ['add', 'edit', 'history', 'many', 'of'] as const;

function openedIn({ unit, thing, task }: Pick<Sight, 'unit' | 'thing' | 'task'>): string {
  const screens = SCREENS.map((name) => task?.choices[name]);
  return [unit, task?.name, ...screens, thing?.noun, thing?.id].join(' ');
}

/** Theme and language that this reader chose last; a link that names its own goes before. */
function taste(): Partial<Pick<Sight, 'theme' | 'language'>> {
  try {
    const kept = new URLSearchParams(localStorage.getItem(TASTE) ?? '');
    const { theme, language } = parseAddress(kept.toString(), '');
    return { theme, language };
  } catch {
    return {}; // Storage is closed to us: the ordinary theme and language, then.
  }
}

function keepTaste({ theme, language }: Pick<Sight, 'theme' | 'language'>): void {
  try {
    localStorage.setItem(TASTE, `theme=${theme}&lang=${language}`);
  } catch {
    // Nothing to keep it in.
  }
}
