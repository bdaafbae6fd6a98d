import { once } from "node:events";
import { createServer, get } from "node:http";
import { createServer as createNetServer } from "node:net";
import { expect, test } from "vitest";
import { countListeners, type ListeningSockets, listen } from "./listening-sockets.ts";

async function answering(text: string, port = 0): Promise<ListeningSockets> {
  return await listen(
    createServer((_request, response) => response.end(text)),
    { host: "127.0.0.1", port },
  );
}

async function ask(port: number): Promise<string> {
  const [response] = await once(get({ host: "127.0.0.1", port, agent: false }), "response");
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

test("a thousand clients that connect at the same time are all answered, whichever socket took them", async () => {
  const sockets = await answering("here");
  const answers = await Promise.all(Array.from({ length: 1_000 }, async () => await ask(sockets.port)));
  expect(new Set(answers)).toEqual(new Set(["here"]));
  await sockets.close();
});

test("a port is refused to a second server, and free again when the first has closed", async () => {
  const first = await answering("first");
  await expect(answering("second", first.port)).rejects.toMatchObject({
    code: "PORT_TAKEN",
    message: expect.stringContaining(`port ${first.port} of 127.0.0.1`),
  });
  expect(await ask(first.port)).toBe("first");
  await first.close();
  const second = await answering("second", first.port);
  expect(await ask(second.port)).toBe("second");
  await second.close();
});

test("of servers that begin with the same port in the same moment no two listen", async () => {
  for (let round = 0; round < 20; round++) {
    const { port, close } = await answering("");
    await close();
    const begun = await Promise.allSettled(["one", "two", "three"].map(async (text) => await answering(text, port)));
    const listening = begun.filter((outcome) => outcome.status === "fulfilled");
    expect(listening.length).toBeLessThanOrEqual(1);
    for (const outcome of begun) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "PORT_TAKEN" });
    await Promise.all(listening.map(async ({ value }) => await value.close()));
  }
});

test("a server that leaves the port to the system gets one of its own, however many begin in the same moment", async () => {
  const begun = await Promise.all(Array.from({ length: 20 }, async (_, index) => await answering(`${index}`)));
  expect(new Set(begun.map(({ port }) => port)).size).toBe(begun.length);
  for (const [index, { port }] of begun.entries()) expect(await ask(port)).toBe(`${index}`);
  await Promise.all(begun.map(async ({ close }) => await close()));
});

test("a socket that the system's table lists twice, as it may while others come and go, is one socket", () => {
  // The format of proc_pid_net(5): port 4000 is 0FA0, the last number before the end is the socket's own.
  const row = (entry: number, number: number): string =>
    `   ${entry}: 0100007F:0FA0 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 ${number} 1 0000000000000000 100 0 0 10 0\n`;
  const table = row(0, 71) + row(1, 72) + row(2, 71);
  expect(countListeners(4_000, [table, ""])).toBe(2);
  expect(countListeners(4_001, [table, ""])).toBe(0);
});

test("another program's socket on the port is respected", async () => {
  const other = createNetServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  await expect(answering("", (other.address() as { port: number }).port)).rejects.toMatchObject({ code: "PORT_TAKEN" });
  other.close();
});

test.runIf(process.platform === "linux")(
  "the sockets of a port are counted, another program's among them, those of another address not",
  async () => {
    const sockets = await answering("");
    const shared = createNetServer().listen({ port: sockets.port, host: "127.0.0.1", reusePort: true });
    await once(shared, "listening");
    const elsewhere = createNetServer().listen({ port: sockets.port, host: "127.0.0.2" });
    await once(elsewhere, "listening");
    // Oracle: 32 of the server and one more.
    expect(countListeners(sockets.port)).toBe(33);
    elsewhere.close();
    shared.close();
    await sockets.close();
    expect(countListeners(sockets.port)).toBe(0);
  },
);
