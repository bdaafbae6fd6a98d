import type { EventType } from "./event-type.ts";

/** By event code: 1 for these event types, 0 for all others. */
export function codeFlags(types: readonly EventType[]): Uint8Array {
  const flags = new Uint8Array(256);
  for (const { code } of types) flags[code] = 1;
  return flags;
}
