import { randomBytes } from "node:crypto";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { BallastError } from "@ballast/core/errors";

type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Writes a file that has its name only once all of it is written; one of that name is replaced then, and left as it is if the pieces end in
 * an error. A pipe or a device is written to as it is.
 * @throws BallastError INPUT_INVALID if the file system does not allow it.
 */
export async function writeWholeFile(file: string, pieces: Pieces, signal: AbortSignal): Promise<void> {
  // A link goes on leading to the file.
  const target = await realpath(file).catch(() => file);
  const existing = await stat(target).catch(() => undefined);
  const isSpecial = existing !== undefined && !existing.isFile();
  const written = isSpecial ? target : `${target}.partial-${randomBytes(4).toString("hex")}`;
  const handle = await told(file, () => open(written, isSpecial ? "w" : "wx", existing?.mode));
  try {
    for await (const piece of pieces) {
      signal.throwIfAborted();
      await told(file, () => writeAll(handle, piece));
    }
    await told(file, async () => {
      if (!isSpecial) await handle.sync();
      await handle.close();
      if (!isSpecial) await rename(written, target);
    });
  } catch (error) {
    await handle.close().catch(() => undefined);
    if (!isSpecial) await rm(written, { force: true });
    throw error;
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten;
}

async function told<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new BallastError("INPUT_INVALID", `${file} cannot be written: ${error.message}. Check the path and the rights.`, {
      cause: error,
    });
  }
}
