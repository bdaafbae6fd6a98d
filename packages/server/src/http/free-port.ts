import { once } from "node:events";
import { type AddressInfo, createServer, type ListenOptions, type Server } from "node:net";
import { explainListenError } from "./listen-error.ts";

/**
 * Finds out whether a server could listen; 0 is any free port. What is found can be taken by another program right after.
 * @throws BallastError PORT_TAKEN; INPUT_INVALID for an address that this machine does not have.
 */
export async function findFreePort(host: string, port: number): Promise<number> {
  const probe = createServer();
  try {
    await listenOn(probe, { host: bareHost(host), port });
  } catch (error) {
    throw explainListenError(error, host, port);
  }
  const found = (probe.address() as AddressInfo).port;
  await closeSocket(probe);
  return found;
}

/** An IPv6 address without the brackets that it has in a URL. */
export function bareHost(host: string): string {
  return host.replace(/^\[|\]$/g, "");
}

export async function listenOn(socket: Server, options: ListenOptions): Promise<void> {
  socket.listen(options);
  await once(socket, "listening");
}

/** Resolves when the connections that it accepted have ended, too. */
export async function closeSocket(socket: Server): Promise<void> {
  const closed = once(socket, "close");
  socket.close();
  await closed;
}
