/**
 * A line between two programs that can be cut, slowed down, or left standing while nothing passes:
 * a proxy for TCP, whose far end may move.
 */
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

export interface Line {
  port: number;
  /** How many connections were ever made through it. */
  readonly made: number;
  /** Where what comes in goes from now on; what is open stays where it is. */
  leadTo(port: number): void;
  /** Breaks what is open, at once. */
  cut(): void;
  /** Everything takes this much longer from now on. */
  delay(ms: number): void;
  /** Swallows all that is sent either way and leaves the connections standing; `false` ends that. */
  swallow(yes: boolean): void;
  close(): Promise<void>;
}

export async function openLine(port: number): Promise<Line> {
  let target = port;
  let delayMs = 0;
  let swallowing = false;
  let made = 0;
  const open = new Set<Socket>();

  function carry(from: Socket, to: Socket): void {
    open.add(from);
    // In order, however much each piece is delayed.
    let due = 0;
    const later = (work: () => void): void => {
      due = Math.max(due, performance.now() + delayMs);
      if (delayMs === 0 && due <= performance.now()) work();
      else setTimeout(work, due - performance.now());
    };
    from.on('data', (piece) => {
      if (!swallowing) later(() => to.write(piece));
    });
    from.on('close', () => {
      open.delete(from);
      // A line that swallows does not tell the end either.
      if (!swallowing) later(() => to.destroy());
    });
    from.on('error', () => from.destroy());
  }

  const server: Server = createServer((near) => {
    made++;
    const far = connect(target, '127.0.0.1');
    carry(near, far);
    carry(far, near);
  });
  return {
    port: await listen(server, 0),
    get made() {
      return made;
    },
    leadTo: (next) => (target = next),
    cut: () => {
      for (const socket of open) socket.destroy();
    },
    delay: (ms) => (delayMs = ms),
    swallow: (yes) => (swallowing = yes),
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listen(probe, 0);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
