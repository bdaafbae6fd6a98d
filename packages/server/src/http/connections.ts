import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { CONNECTION_LIMITS } from "./connection-limits.ts";
import { RefusedRequest } from "./http-error.ts";
import { refuseOnSocket } from "./refuse-bytes.ts";

/** How often connections are looked at, and the most often that a full server says so in its log. */
const SWEEP_MS = 1_000;
const LOG_MS = 60_000;

/** A request's place in the order of its connection. */
export type Turn = {
  /** Resolves when the requests before it are answered; undefined if there are none. */
  readonly ready: Promise<void> | undefined;
  /** The request is answered: the next one may begin. */
  readonly done: () => void;
};

/**
 * Every open connection of one server: how many there may be, how long one may be idle, and that the requests of one are
 * carried out one after the other, so that a client that sends many without waiting takes no more than one that waits.
 */
export class Connections {
  readonly #max: number;
  readonly #logger: Logger;
  readonly #open = new Set<Socket>();
  /** Connections on which no request is under way, with the time since when; the longest idle comes first. */
  readonly #idle = new Map<Socket, number>();
  readonly #turns = new Map<Socket, { last: Promise<void>; request: IncomingMessage; waiting: number }>();
  #ended = 0;
  #refused = 0;
  #loggedAt = Number.NEGATIVE_INFINITY;

  constructor(max: number, logger: Logger) {
    this.#max = max;
    this.#logger = logger;
  }

  get count(): number {
    return this.#open.size;
  }

  watch(server: Server): void {
    server.on("connection", (socket) => this.#admit(socket));
    const sweep = setInterval(() => this.#endIdle(), SWEEP_MS);
    sweep.unref();
    server.once("close", () => clearInterval(sweep));
  }

  /** @throws RefusedRequest SERVER_BUSY if the connection has too many unanswered requests. */
  takeTurn(request: IncomingMessage): Turn {
    const { socket } = request;
    this.#idle.delete(socket);
    const before = this.#turns.get(socket);
    if (before !== undefined && before.waiting >= CONNECTION_LIMITS.maxPipelined) throw tooManyPipelined();
    let free = (): void => undefined;
    const last = new Promise<void>((resolve) => (free = resolve));
    this.#turns.set(socket, { last, request, waiting: (before?.waiting ?? 0) + 1 });
    return { ready: before?.last, done: () => this.#endTurn(socket, free) };
  }

  /** Resolves when the requests that have arrived whole on a connection are answered, as far as they are before what is in it now. */
  async answered(socket: Duplex): Promise<void> {
    const turns = this.#turns.get(socket as Socket);
    if (turns?.request.complete === true) await turns.last;
  }

  #endTurn(socket: Socket, free: () => void): void {
    free();
    const turns = this.#turns.get(socket);
    if (turns === undefined) return;
    turns.waiting -= 1;
    if (turns.waiting > 0) return;
    this.#turns.delete(socket);
    if (!socket.destroyed) this.#idle.set(socket, performance.now());
  }

  #admit(socket: Socket): void {
    // After an upgrade or a refusal Node listens no longer, and a reset without a listener would end the process.
    socket.on("error", (error) => this.#logger.debug({ err: error }, "a connection broke"));
    if (this.#open.size >= this.#max && !this.#endLongestIdle()) {
      this.#refused += 1;
      this.#logFull();
      return refuseOnSocket(socket, serverBusy(this.#max));
    }
    this.#open.add(socket);
    this.#idle.set(socket, performance.now());
    socket.once("close", () => {
      this.#open.delete(socket);
      this.#idle.delete(socket);
      this.#turns.delete(socket);
    });
  }

  /** Makes room for a new connection by ending the one that has been idle longest, if there is one. */
  #endLongestIdle(): boolean {
    const [longest] = this.#idle.keys();
    if (longest === undefined) return false;
    this.#idle.delete(longest);
    this.#open.delete(longest);
    longest.destroy();
    this.#ended += 1;
    this.#logFull();
    return true;
  }

  /** Node ends a connection that is silent or in the middle of a request's headers; this one ends those that trickle between requests. */
  #endIdle(): void {
    const before = performance.now() - CONNECTION_LIMITS.headersMs - CONNECTION_LIMITS.idleMs;
    for (const [socket, since] of this.#idle) {
      if (since > before) return;
      socket.destroy();
    }
  }

  #logFull(): void {
    const now = performance.now();
    if (now - this.#loggedAt < LOG_MS) return;
    this.#loggedAt = now;
    const counts = { maxConnections: this.#max, idleEnded: this.#ended, refused: this.#refused };
    this.#logger.warn(
      counts,
      "all connections are in use: idle ones are ended, then new ones refused; BALLAST_MAX_CONNECTIONS allows more",
    );
  }
}

function serverBusy(max: number): RefusedRequest {
  return new RefusedRequest("SERVER_BUSY", `the server has ${max} connections, the most that it takes: try again later`);
}

function tooManyPipelined(): RefusedRequest {
  return new RefusedRequest(
    "SERVER_BUSY",
    `the connection has ${CONNECTION_LIMITS.maxPipelined} requests without an answer: wait for answers before you send more`,
  );
}
