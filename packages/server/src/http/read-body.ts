import type { IncomingMessage } from "node:http";
import { CONNECTION_LIMITS, transferMs } from "./connection-limits.ts";
import type { Exchange } from "./exchange.ts";
import { RefusedRequest } from "./http-error.ts";

/**
 * A request's body, asked for if the client waits to be asked (`Expect: 100-continue`), and read no further than allowed.
 * @throws RefusedRequest BODY_TOO_LARGE, or TIMED_OUT with status 408.
 */
export async function readBody({ request, response, services }: Pick<Exchange, "request" | "response" | "services">): Promise<Buffer> {
  const { maxBodyBytes } = services.limits;
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > maxBodyBytes) throw tooLarge(`announces ${announced} bytes`, maxBodyBytes);
  if (request.headers.expect !== undefined && request.httpVersionMinor > 0) response.writeContinue();
  const parts: Buffer[] = [];
  let length = 0;
  await eachPart(request, (part) => {
    length += part.length;
    if (length > maxBodyBytes) throw tooLarge(`has more than ${maxBodyBytes} bytes`, maxBodyBytes);
    parts.push(part);
  });
  return Buffer.concat(parts);
}

/** Not by iteration, whose end would end the connection, too, and with it the answer. */
async function eachPart(request: IncomingMessage, take: (part: Buffer) => void): Promise<void> {
  const begun = performance.now();
  let length = 0;
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const checkTime = (): void => {
        const left = transferMs(CONNECTION_LIMITS.bodyMs, length) - (performance.now() - begun);
        if (left <= 0) return reject(tooSlow(length, performance.now() - begun));
        timer = setTimeout(checkTime, left);
      };
      checkTime();
      request.on("data", (part: Buffer) => {
        length += part.length;
        try {
          take(part);
        } catch (error) {
          reject(error);
        }
      });
      request.once("end", resolve);
      const breakOff = (): void => reject(new RefusedRequest("REQUEST_INVALID", `the body broke off after ${length} bytes`));
      request.once("error", breakOff);
      request.once("close", breakOff);
    });
  } finally {
    clearTimeout(timer);
    request.removeAllListeners("data");
  }
}

function tooLarge(found: string, maxBytes: number): RefusedRequest {
  return new RefusedRequest("BODY_TOO_LARGE", `the body ${found}; the limit is ${maxBytes} bytes`);
}

function tooSlow(length: number, ms: number): RefusedRequest {
  const message = `${length} bytes of the body came within ${Math.round(ms / 1000)} s, and not its end: send it in one go`;
  return new RefusedRequest("TIMED_OUT", message, {}, 408);
}
