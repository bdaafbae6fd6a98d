import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { findFreePort } from "./free-port.ts";

test("a port that another program listens on is refused with a way out, and left alone", async () => {
  const other = createServer().listen({ port: 0, host: "127.0.0.1" });
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  await expect(findFreePort("127.0.0.1", port)).rejects.toMatchObject({
    code: "PORT_TAKEN",
    message: expect.stringContaining(`port ${port} of 127.0.0.1 is used by another program`),
  });
  expect(other.listening).toBe(true);
  other.close();
  await once(other, "close");
  expect(await findFreePort("127.0.0.1", port)).toBe(port);
});

test("an address that is not this machine's is refused as wrong input", async () => {
  // 192.0.2.0/24 is kept for documentation (RFC 5737): no machine has it.
  await expect(findFreePort("192.0.2.1", 0)).rejects.toMatchObject({ code: "INPUT_INVALID" });
});
