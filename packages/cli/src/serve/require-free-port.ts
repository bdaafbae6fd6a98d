import { once } from "node:events";
import { createServer } from "node:net";
import { explainListenError } from "@ballast/server/http";

/**
 * Finds out before the database is started and the sample is run, which take seconds. Port 0 is always free.
 * @throws BallastError PORT_TAKEN; INPUT_INVALID for an address that this machine does not have.
 */
export async function requireFreePort(host: string, port: number): Promise<void> {
  const server = createServer();
  server.listen({ port, host: host.replace(/^\[|\]$/g, "") });
  try {
    await once(server, "listening");
  } catch (error) {
    throw explainListenError(error, host, port);
  }
  server.close();
  await once(server, "close");
}
