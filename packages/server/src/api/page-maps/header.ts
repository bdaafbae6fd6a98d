import type { SpaceInfo } from "../../history/index.ts";
import { ByteWriter } from "./byte-writer.ts";

/** Raised when the bytes that follow come to mean something else. */
const FORMAT = 1;

/** Every answer begins with the length of a header and the header, JSON in UTF-8. */
export function beginAnswer(header: Readonly<Record<string, unknown>>): ByteWriter {
  const bytes = new ByteWriter();
  bytes.sized(new TextEncoder().encode(JSON.stringify({ format: FORMAT, ...header })));
  return bytes;
}

export type HeaderSpace = {
  readonly kind: "host" | "vm";
  readonly vm: number | null;
  readonly name: string | null;
  readonly pages: number;
};

/** The spaces of a map in their order: the host, and the VMs by number. */
export function headerSpace({ vm, name, pages }: SpaceInfo): HeaderSpace {
  return vm === 0 ? { kind: "host", vm: null, name: null, pages } : { kind: "vm", vm, name, pages };
}
