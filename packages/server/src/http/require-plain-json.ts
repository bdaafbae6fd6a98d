import { RefusedRequest } from "./http-error.ts";

/**
 * What a body may hold. `JSON.parse` cannot be interrupted: of 4 MiB it takes 40 ms for numbers, and half a second for keys or for
 * lists in lists. In processor time of a machine of 2026.
 */
export const JSON_LIMITS = {
  /** Objects and lists inside each other. */
  maxDepth: 128,
  /** Objects and lists in all. */
  maxContainers: 100_000,
  /** Keys of all objects. */
  maxKeys: 100_000,
} as const;

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const isOpening = (byte: number): boolean => byte === 0x5b || byte === 0x7b;
const isClosing = (byte: number): boolean => byte === 0x5d || byte === 0x7d;

/** Counts what is in the bytes of a JSON text before it is parsed. @throws RefusedRequest BODY_INVALID. */
export function requirePlainJson(bytes: Buffer): void {
  const { maxDepth, maxContainers, maxKeys } = JSON_LIMITS;
  let [depth, containers, keys, isText] = [0, 0, 0, false];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (isText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === COLON) keys++;
    else if (isClosing(byte)) depth--;
    else if (isOpening(byte)) {
      containers++;
      if (++depth > maxDepth) throw tooMuch(`nests more than ${maxDepth} objects and lists`);
    }
  }
  if (containers > maxContainers) throw tooMuch(`has ${containers} objects and lists, more than ${maxContainers}`);
  if (keys > maxKeys) throw tooMuch(`has ${keys} keys, more than ${maxKeys}`);
}

function tooMuch(found: string): RefusedRequest {
  return new RefusedRequest("BODY_INVALID", `the body ${found}, the limit: send less at a time`);
}
