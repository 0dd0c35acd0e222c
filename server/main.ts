/** The process: starts the product, says what it does, and stops it when asked. */
import { readConfiguration } from './configuration.ts';
import { StartError } from './errors.ts';

const STOP_WITHIN_MS = 10_000;
const began = performance.now();

function say(message: string): void {
  const seconds = ((performance.now() - began) / 1_000).toFixed(1).padStart(5);
  console.log(`${seconds} s  ${message}`);
}

function leave(error: unknown): void {
  if (error instanceof StartError) console.error(`\n${error.message}`);
  else console.error(error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => asked.abort());
  const stopAsked = new Promise<void>((resolve) =>
    asked.signal.addEventListener('abort', () => resolve()),
  );
  console.log('Phủ Sóng');
  const configuration = readConfiguration(process.env, process.argv.includes('--dev'));
  // What a person has set wrong is told at once: the product itself takes a second or two to load.
  const { startProduct } = await import('./start.ts');
  const product = await startProduct(configuration, say, asked.signal);
  say('ready');
  console.log(`\n  ${product.url}\n`);
  for (const { name, password, what } of product.logins)
    console.log(`  ${what}: ${name} / ${password}`);
  console.log('\n  Ctrl-C stops it.');
  await Promise.race([stopAsked, product.failed]).catch(leave);
  console.log('\nstopping');
  // Whatever hangs must not keep a terminal: PostgreSQL is adopted by the next start.
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await product.stop();
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    if (!(error instanceof DOMException && error.name === 'AbortError')) leave(error);
    process.exit();
  },
);
