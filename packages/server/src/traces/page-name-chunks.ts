import { decodeText } from "@ballast/core/trace/stored";
import { compressBlock, expandBlock } from "./compression.ts";
import { PAGES_PER_CHUNK } from "./original-page-chunks.ts";

/** Compresses names for the table trace_page_names, and shows each to `receive` first. */
export function* chunkPageNames(names: Iterable<Uint8Array>, receive: (name: Uint8Array) => void): Generator<Uint8Array> {
  let chunk: string[] = [];
  for (const name of names) {
    receive(name);
    chunk.push(decodeText(name));
    if (chunk.length < PAGES_PER_CHUNK) continue;
    yield compressNames(chunk);
    chunk = [];
  }
  if (chunk.length > 0) yield compressNames(chunk);
}

/** Puts together what `chunkPageNames` split. */
export function joinPageNames(chunks: readonly Uint8Array[]): string[] {
  return chunks.flatMap((chunk) => JSON.parse(Buffer.from(expandBlock(chunk)).toString("utf8")) as string[]);
}

function compressNames(names: readonly string[]): Uint8Array {
  return compressBlock(Buffer.from(JSON.stringify(names), "utf8"));
}
