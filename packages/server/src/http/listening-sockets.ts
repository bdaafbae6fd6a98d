import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { type AddressInfo, createServer, type Server as NetServer } from "node:net";
import { bareHost, closeSocket, findFreePort, listenOn } from "./free-port.ts";
import { explainListenError, portTaken } from "./listen-error.ts";

/**
 * Connections that the system keeps until they are accepted (at most its own limit). One too many is not refused: its
 * client tries again after 1, 3 and 7 s.
 */
const BACKLOG = 4_096;

/**
 * libuv (1.45 and later) accepts one connection per turn of the event loop and listening socket. With one socket and turns
 * of 10 ms a thousand clients that connect at the same time wait for 10 s, and every health check behind them.
 */
const SOCKETS = 32;

/** Elsewhere a shared port is refused, or the last socket gets every connection. */
const CAN_SHARE_PORT = process.platform === "linux";
const TABLES = ["tcp", "tcp6"];
const EXTRA_SOCKETS = CAN_SHARE_PORT ? SOCKETS - 1 : 0;

export type ListeningSockets = {
  readonly port: number;
  /** Accepts no more; resolves when the connections that were accepted have ended, too. */
  readonly close: () => Promise<void>;
};

/**
 * Listens for `server`: on Linux with several sockets of one port, elsewhere with one. Port 0 is any free one.
 * @throws BallastError PORT_TAKEN; INPUT_INVALID for an address that this machine does not have.
 */
export async function listen(server: Server, address: { readonly host: string; readonly port: number }): Promise<ListeningSockets> {
  const host = bareHost(address.host);
  const sockets: NetServer[] = [];
  const close = async (): Promise<void> => void (await Promise.all(sockets.map(closeSocket)));
  const add = async (socket: NetServer, port: number): Promise<void> => {
    await listenOn(socket, { host, port, backlog: BACKLOG, reusePort: CAN_SHARE_PORT });
    sockets.push(socket);
  };
  try {
    // A port that is shared is granted although another server shares it already: one that is not shared is refused then.
    // Port 0 is left to the system, which gives none that others use: one found before could be taken by a connection.
    if (CAN_SHARE_PORT && address.port !== 0) await findFreePort(host, address.port);
    await add(server, address.port);
    const { port } = server.address() as AddressInfo;
    for (let extra = 0; extra < EXTRA_SOCKETS; extra++) await add(feederOf(server), port);
    if (CAN_SHARE_PORT && countListeners(port) > SOCKETS) throw portTaken(address.host, port);
    return { port, close };
  } catch (error) {
    await close();
    throw explainListenError(error, address.host, address.port);
  }
}

/** Hands its connections to the server, which treats them as its own. Its options are those that `http` gives its sockets. */
function feederOf(server: Server): NetServer {
  return createServer({ allowHalfOpen: true, noDelay: true }, (socket) => server.emit("connection", socket));
}

/**
 * Sockets that listen on a port: the most of one address, 0 where the system does not give it. Two servers that begin in the
 * same moment may both have found the port free. `tables`: the kernel's, of IPv4 and IPv6.
 */
export function countListeners(port: number, tables: readonly string[] = TABLES.map(readTable)): number {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  // Local address, remote address, state (0A listens), five columns about queues and timers, the socket's own number.
  const listener = new RegExp(`^ *\\d+: ([0-9A-F]+):${hex} [0-9A-F]+:0000 0A \\S+ \\S+ \\S+ +\\d+ +\\d+ (\\d+)`, "gm");
  const numbers = new Map<string, Set<string>>();
  for (const [, address = "", number = ""] of tables.flatMap((table) => [...table.matchAll(listener)])) {
    // While sockets come and go the table lists some of them more than once.
    numbers.set(address, (numbers.get(address) ?? new Set()).add(number));
  }
  return Math.max(0, ...[...numbers.values()].map(({ size }) => size));
}

/** "" where the kernel has no such table. */
function readTable(table: string): string {
  try {
    return readFileSync(`/proc/self/net/${table}`, "utf8");
  } catch {
    return "";
  }
}
