import { CONNECTION_LIMITS, transferMs } from "./connection-limits.ts";
import type { Exchange } from "./exchange.ts";
import { RefusedRequest } from "./http-error.ts";

/** What reading a body takes of an exchange. */
export type BodyExchange = Pick<Exchange, "request" | "response" | "services" | "unfinished">;

/**
 * A request's body, asked for if the client waits to be asked (`Expect: 100-continue`), and read no further than allowed.
 * @throws RefusedRequest BODY_TOO_LARGE; TIMED_OUT with status 408; SERVER_BUSY.
 */
export async function readBody(exchange: BodyExchange): Promise<Buffer> {
  const { request, response } = exchange;
  const { maxBodyBytes } = exchange.services.limits;
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > maxBodyBytes) throw tooLarge(`announces ${announced} bytes`, maxBodyBytes);
  if (request.headers.expect !== undefined && request.httpVersionMinor > 0) response.writeContinue();
  return Buffer.concat(await readParts(exchange, maxBodyBytes));
}

/** Not by iteration, whose end would end the connection, too, and with it the answer. */
async function readParts({ request, unfinished }: BodyExchange, maxBytes: number): Promise<Buffer[]> {
  const parts: Buffer[] = [];
  const release: (() => void)[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const time = new BodyTime(reject);
      const holding = unfinished.begin(reject);
      release.push(
        () => time.stop(),
        () => holding.end(),
      );
      request.on("data", (part: Buffer) => {
        parts.push(part);
        const length = time.onPart(part.length);
        holding.set(length);
        if (length > maxBytes) reject(tooLarge(`has more than ${maxBytes} bytes`, maxBytes));
      });
      const breakOff = (): void => {
        if (!request.readableEnded) reject(new RefusedRequest("REQUEST_INVALID", `the body broke off after ${time.length} bytes`));
      };
      request.once("end", resolve).once("error", breakOff).once("close", breakOff);
    });
    return parts;
  } finally {
    for (const step of release) step();
    request.removeAllListeners("data");
  }
}

/** Gives up a body of which nothing comes for too long, or the whole of which takes too long. */
class BodyTime {
  readonly #giveUp: (refusal: RefusedRequest) => void;
  readonly #begun = performance.now();
  #timer: NodeJS.Timeout | undefined;
  length = 0;

  constructor(giveUp: (refusal: RefusedRequest) => void) {
    this.#giveUp = giveUp;
    this.#wait();
  }

  /** Returns how much has come. */
  onPart(bytes: number): number {
    this.length += bytes;
    this.#wait();
    return this.length;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const left = transferMs(CONNECTION_LIMITS.bodyMs, this.length) - (performance.now() - this.#begun);
    this.#timer = setTimeout(
      () => this.#giveUp(tooSlow(this.length, performance.now() - this.#begun)),
      Math.max(0, Math.min(CONNECTION_LIMITS.bodyMs, left)),
    );
  }
}

function tooLarge(found: string, maxBytes: number): RefusedRequest {
  return new RefusedRequest("BODY_TOO_LARGE", `the body ${found}; the limit is ${maxBytes} bytes`);
}

function tooSlow(length: number, ms: number): RefusedRequest {
  const message = `${length} bytes of the body came within ${Math.round(ms / 1000)} s, and not its end: send it in one go`;
  return new RefusedRequest("TIMED_OUT", message, {}, 408);
}
