// Workers do not inherit the loader that reads TypeScript, so this one takes it along.
import { register } from 'tsx/esm/api';

register();
await import('./past-worker.ts');
