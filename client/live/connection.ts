/** The socket to the server, thin: it carries the two lists of data/wire/stream.ts and no state. */
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { CommandAnswer, CommandInput } from '../../data/wire/commands.ts';
import type { Down, Up } from '../../data/wire/stream.ts';

export interface ConnectionHandlers extends Down {
  connected(): void;
  disconnected(): void;
  /** The server refused the connection itself: nobody is signed in. */
  refused(): void;
}

export interface Connection {
  follow(seq: number): void;
  command(command: CommandInput): Promise<CommandAnswer>;
  /** Says which thing's form is open here; null for none. */
  attend(thing: number | null): void;
  /** Drops the connection, if any, and tries at once, whatever was being waited for. */
  reconnect(): void;
  readonly open: boolean;
}

/** A command without an answer for this long has an unknown fate; its key makes repeating safe. */
const ANSWER_WITHIN_MS = 10_000;

/**
 * The worst case, a try begun just before the line's return: 3 s until it is given up and at most
 * 1.5 s until the next, which keeps the promise to be back within 5 s.
 */
export const SOCKET_OPTIONS: Partial<ManagerOptions & SocketOptions> = {
  transports: ['websocket', 'polling'],
  tryAllTransports: true,
  timeout: 3_000,
  reconnectionDelay: 400,
  reconnectionDelayMax: 1_200,
  randomizationFactor: 0.25,
};

export function openConnection(
  handlers: ConnectionHandlers,
  socket: Socket<Down, Up> = io(SOCKET_OPTIONS),
): Connection {
  socket.on('connect', () => handlers.connected());
  socket.on('disconnect', (reason) => {
    handlers.disconnected();
    // Socket.io does not come back by itself when the server ended the connection.
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 1_000);
  });
  socket.on('connect_error', (error) => {
    if (error.message === 'unauthenticated') handlers.refused();
  });
  socket.on('status', (status) => handlers.status(status));
  socket.on('events', (batch) => handlers.events(batch));
  socket.on('estimates', (estimates) => handlers.estimates(estimates));
  socket.on('reset', (reset) => handlers.reset(reset));
  socket.on('proposals', (changed) => handlers.proposals(changed));
  socket.on('alerts', (changed) => handlers.alerts(changed));
  socket.on('present', (present) => handlers.present(present));

  return {
    get open() {
      return socket.connected;
    },
    follow: (seq) => {
      socket.emit('follow', { seq });
    },
    attend: (thing) => {
      if (socket.connected) socket.emit('attend', { thing });
    },
    reconnect: () => {
      socket.disconnect().connect();
    },
    command: async (command) => {
      try {
        if (!socket.connected) throw new Error('not connected');
        return await socket.timeout(ANSWER_WITHIN_MS).emitWithAck('command', command);
      } catch {
        return {
          error: {
            code: 'unavailable',
            message: 'The server cannot be reached; send the change again when the line is back.',
          },
        };
      }
    },
  };
}
