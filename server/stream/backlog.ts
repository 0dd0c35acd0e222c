/** How much a client has been sent that it has not read. */
export interface Backlog {
  /** Packets that wait for the transport. */
  packets: number;
  /** Bytes that the transport has taken and the line has not. */
  bytes: number;
}

/** About ten seconds of a busy stream: past this a snapshot is cheaper than catching up. */
const MOST_PACKETS = 200;
const MOST_BYTES = 4 * 1024 * 1024;

export function isLagging({ packets, bytes }: Backlog): boolean {
  return packets > MOST_PACKETS || bytes > MOST_BYTES;
}
