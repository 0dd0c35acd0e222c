/** The browser of the tests: a Chromium of the machine, never one that is downloaded. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const PLACES = [
  process.env['CHROMIUM_PATH'],
  // The same engine without a browser's own windows: a page is there in half the time.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export function chromiumPath(): string {
  const found = PLACES.find((place) => place !== undefined && existsSync(place));
  if (found === undefined)
    throw new Error(
      'The browser tests need Chromium, and there is none here: install it (on Debian: ' +
        'apt-get install chromium-headless-shell), or say where it is with CHROMIUM_PATH.',
    );
  return found;
}

/**
 * For pages that are not kept for times without a line: each would fetch the whole application once
 * more, and ask the test's own routes for nothing.
 */
export const UNKEPT = { serviceWorkers: 'block' } as const;

/**
 * Headless. With maps, WebGL 2 is drawn by software, right and slowly; without, a page is quicker and
 * has no WebGL.
 */
export function openChromium({ maps = true } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      ...(maps
        ? [
            '--use-angle=swiftshader',
            '--enable-unsafe-swiftshader',
            '--ignore-gpu-blocklist',
            // The page round the map is put together without it: a picture is taken in a tenth of the time.
            '--disable-gpu-compositing',
          ]
        : ['--disable-gpu', '--disable-3d-apis']),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** Notes what a page complains about: mistakes of its scripts, and what its security policy stopped. */
export function watch(page: Page, complaints: string[], patienceMs: number): void {
  page.setDefaultTimeout(patienceMs);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
}
