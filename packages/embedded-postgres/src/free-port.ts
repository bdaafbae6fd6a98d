import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/** The preferred port of 127.0.0.1 if it is free, else one that the system chooses. */
export async function freePort(preferred: number | undefined): Promise<number> {
  return (preferred === undefined ? undefined : await tryPort(preferred)) ?? (await tryPort(0)) ?? 0;
}

async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer();
  server.listen({ port, host: "127.0.0.1" });
  try {
    await once(server, "listening");
  } catch {
    return undefined;
  }
  const address = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return address.port;
}
