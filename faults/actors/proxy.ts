import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Cut } from "../plan/fault.ts";

type Pair = { readonly client: Socket; readonly target: Socket; truncates: boolean };

/** Stands between a server and its Postgres on loopback, and breaks what goes through it. */
export class FaultyProxy {
  readonly #server: Server;
  readonly #targetPort: () => number;
  readonly #pairs = new Set<Pair>();
  #delayMs = 0;
  #refusesUntilMs = 0;

  private constructor(targetPort: () => number) {
    this.#targetPort = targetPort;
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#accept(client));
  }

  static async open(targetPort: () => number): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(targetPort);
    proxy.#server.listen({ host: "127.0.0.1", port: 0 });
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Later bytes come so much later; their order stays. */
  delay(ms: number): void {
    this.#delayMs = ms;
  }

  /** Breaks every connection in that way, and refuses new ones for a while. Returns how many there were. */
  cut(how: Cut, refuseMs: number): number {
    this.#refusesUntilMs = performance.now() + refuseMs;
    const pairs = [...this.#pairs];
    for (const pair of pairs) breakPair(pair, how);
    return pairs.length;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const pair of this.#pairs) destroy(pair);
    await closed;
  }

  #accept(client: Socket): void {
    client.on("error", () => undefined);
    if (performance.now() < this.#refusesUntilMs) {
      client.resetAndDestroy();
      return;
    }
    const target = connect({ host: "127.0.0.1", port: this.#targetPort(), allowHalfOpen: true });
    const pair: Pair = { client, target, truncates: false };
    this.#pairs.add(pair);
    target.on("error", () => destroy(pair));
    for (const socket of [client, target])
      socket.once("close", () => {
        this.#pairs.delete(pair);
        destroy(pair);
      });
    this.#forward(pair, client, target);
    this.#forward(pair, target, client);
  }

  /** `truncates`: half of the next answer comes through, and nothing after it. */
  #forward(pair: Pair, from: Socket, to: Socket): void {
    let waiting = 0;
    let tail: Promise<unknown> = Promise.resolve();
    const send = (bytes: Buffer): void => {
      if (to.destroyed || to.writableEnded) return;
      if (!pair.truncates || from !== pair.target) return void to.write(bytes);
      to.write(bytes.subarray(0, bytes.length >> 1), () => destroy(pair));
    };
    from.on("data", (bytes: Buffer) => {
      if (this.#delayMs === 0 && waiting === 0) return send(bytes);
      waiting++;
      const ms = this.#delayMs;
      tail = tail
        .then(() => sleep(ms))
        .then(() => {
          waiting--;
          send(bytes);
        });
    });
    from.on("end", () => void tail.then(() => to.end()));
  }
}

function breakPair(pair: Pair, how: Cut): void {
  switch (how) {
    case "reset":
      pair.client.resetAndDestroy();
      pair.target.resetAndDestroy();
      return;
    case "half-close":
      pair.client.end();
      return;
    case "truncate":
      pair.truncates = true;
  }
}

function destroy({ client, target }: Pair): void {
  client.destroy();
  target.destroy();
}
