import { open } from "node:fs/promises";
import { basename } from "node:path";
import { TraceError } from "@ballast/core/trace";

const PIECE_BYTES = 2 ** 20;

/** Where a trace's bytes come from: the path of a file, or the bytes themselves with a name for them. */
export type TraceSource = string | { readonly file: string; readonly bytes: AsyncIterable<Uint8Array> };

export type OpenedSource = {
  /** Names the source in errors, as the caller gave it. */
  readonly file: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Bytes as they lie in the file, compressed or not; unknown for a stream. */
  readonly totalBytes: number | undefined;
  close(): void;
};

/** @throws TraceError if there is no such file, or it cannot be read. */
export async function openSource(source: TraceSource): Promise<OpenedSource> {
  if (typeof source === "string") return openFile(source);
  return { file: source.file, bytes: source.bytes, totalBytes: undefined, close: () => undefined };
}

/** The name that a trace has if nobody gives it one: `traces/sort.pages.zst` is `sort`. */
export function nameOfFile(path: string): string {
  return basename(path).split(".")[0] ?? "";
}

async function openFile(file: string): Promise<OpenedSource> {
  try {
    const handle = await open(file);
    const status = await handle.stat();
    if (status.isDirectory()) {
      await handle.close();
      throw new TraceError("file-missing", { file }, "this is a folder", "Name a file in it.");
    }
    const totalBytes = status.isFile() ? status.size : undefined;
    const stream = handle.createReadStream({ highWaterMark: PIECE_BYTES });
    return { file, bytes: stream as AsyncIterable<Uint8Array>, totalBytes, close: () => void stream.destroy() };
  } catch (error) {
    if (error instanceof TraceError || !(error instanceof Error)) throw error;
    const missing = "code" in error && error.code === "ENOENT";
    const found = missing ? "there is no such file" : `the file cannot be opened: ${error.message}`;
    throw new TraceError("file-missing", { file }, found, "Check the path and the rights.", { cause: error });
  }
}
