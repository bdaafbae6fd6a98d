import { type FileHandle, open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { BallastError } from "@ballast/core/errors";
import { TraceError } from "@ballast/core/trace";
import { Pipe } from "./read-pipe.ts";

const PIECE_BYTES = 2 ** 20;

/**
 * Where a trace's bytes come from: the path of a file, with another name for it where who asks must not see the path, or the bytes
 * themselves with a name for them.
 */
export type TraceSource =
  | string
  | { readonly file: string; readonly path: string }
  | { readonly file: string; readonly bytes: AsyncIterable<Uint8Array> };

export type OpenedSource = {
  /** Names the source in errors, as the caller gave it. */
  readonly file: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Bytes as they lie in the file, compressed or not; unknown for a stream. */
  readonly totalBytes: number | undefined;
  /** Opens the same bytes once more, where that can be done. */
  readonly reopen?: () => Promise<OpenedSource>;
  close(): void;
};

/** @throws TraceError if there is no such file, or it cannot be read. */
export async function openSource(source: TraceSource): Promise<OpenedSource> {
  if (typeof source === "string") return openFile(source, source);
  if ("path" in source) return openFile(source.file, source.path);
  const { file, bytes } = source;
  return { file, bytes: withReadErrors(bytes, file), totalBytes: undefined, close: () => undefined };
}

/** The name of a trace that is imported without one: `traces/sort.pages.zst` is `sort`. */
export function nameOfFile(path: string): string {
  return basename(path).split(".")[0] ?? "";
}

async function openFile(file: string, path: string): Promise<OpenedSource> {
  try {
    const status = await stat(path);
    if (status.isDirectory()) throw new TraceError("file-missing", { file }, "this is a folder", "Name a file in it.");
    return status.isFIFO() ? await openPipe(file, path) : await openPlainFile(file, path);
  } catch (error) {
    if (error instanceof TraceError || !(error instanceof Error)) throw error;
    const missing = "code" in error && error.code === "ENOENT";
    const found = missing ? "there is no such file" : `the file cannot be opened: ${reasonOf(error)}`;
    throw new TraceError("file-missing", { file }, found, "Check the path and the rights.", { cause: error });
  }
}

/** Node's messages end with the call and the path: `EACCES: permission denied, open '/home/...'`. */
function reasonOf({ message }: Error): string {
  return message.split(", ", 1)[0] ?? message;
}

async function openPipe(file: string, path: string): Promise<OpenedSource> {
  const pipe = await Pipe.open(path);
  return { file, bytes: withReadErrors(pipe.read(), file), totalBytes: undefined, close: () => pipe.close() };
}

async function openPlainFile(file: string, path: string): Promise<OpenedSource> {
  const handle = await open(path);
  const status = await handle.stat();
  // Files of a kernel (/proc) have no size, and content all the same.
  const sized = status.isFile() && status.size > 0;
  const bytes = withReadErrors(sized ? readFile(handle, file, status) : readPieces(handle), file);
  const close = (): void => void handle.close().catch(() => undefined);
  return sized
    ? { file, bytes, totalBytes: status.size, reopen: () => openFile(file, path), close }
    : { file, bytes, totalBytes: undefined, close };
}

async function* readPieces(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

type Status = { readonly size: number; readonly mtimeMs: number };

/** Reads a file that must not change meanwhile: what was read then is nothing that ever was in the file. */
async function* readFile(handle: FileHandle, file: string, before: Status): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const piece of readPieces(handle)) {
    count += piece.length;
    if (count > before.size) break;
    yield piece;
  }
  const after = await handle.stat();
  if (count === before.size && after.size === before.size && after.mtimeMs === before.mtimeMs) return;
  const found = `the file changed while it was read: it had ${before.size} bytes at first, and has ${after.size} now`;
  throw new TraceError("file-changed", { file }, found, "Import it when nothing writes to it. Nothing was imported.");
}

/** Failures to read, such as of a device, named by the file. */
async function* withReadErrors(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    if (error instanceof BallastError || !(error instanceof Error && "syscall" in error)) throw error;
    const advice = "Check the file, the device or the program that writes it. Nothing was imported.";
    throw new TraceError("file-missing", { file }, `it cannot be read: ${reasonOf(error)}`, advice, { cause: error });
  }
}
