import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, link, open, rename, rm, stat } from "node:fs/promises";
import { addAbortSignal, type Readable, type Writable } from "node:stream";
import { BallastError } from "@ballast/core/errors";
import { fileError } from "./backup-error.ts";

const READ_BYTES = 1024 * 1024;

/** A file that has its name only once all of it is written and on the disk. */
export type BackupFile = {
  write(bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  /** Takes what was written away. */
  giveUp(): Promise<void>;
};

/** @throws BallastError BACKUP_FILE if it exists, or the file system does not allow it. */
export async function createBackupFile(file: string): Promise<BackupFile> {
  const existing = await stat(file).catch(() => undefined);
  if (existing?.isFile() === true) throw exists(file);
  // A pipe or a device is written to as it is.
  const isSpecial = existing !== undefined;
  const written = isSpecial ? file : `${file}.partial-${randomBytes(4).toString("hex")}`;
  const handle = await told(file, () => open(written, isSpecial ? "w" : "wx"));
  const remove = (): Promise<void> => (isSpecial ? Promise.resolve() : rm(written, { force: true }));
  return {
    write: (bytes) => told(file, () => writeAll(handle, bytes)),
    finish: () =>
      told(file, async () => {
        if (!isSpecial) await handle.sync();
        await handle.close();
        if (!isSpecial) await giveName(written, file);
      }),
    giveUp: async () => {
      await handle.close().catch(() => undefined);
      await remove();
    },
  };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten;
}

/** A link, unlike a new name, never takes the place of a file. Some file systems have none. */
async function giveName(written: string, file: string): Promise<void> {
  try {
    await link(written, file);
    await rm(written);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw exists(file);
    await rename(written, file);
  }
}

function exists(file: string): BallastError {
  return new BallastError("BACKUP_FILE", `${file} exists already: name another file, or delete that one.`);
}

/** Writes to a stream that others own, such as standard output, no faster than it is read. */
export async function writeToStream(stream: Writable, name: string, bytes: Uint8Array): Promise<void> {
  await told(name, () => {
    return new Promise<void>((resolve, reject) => {
      stream.write(bytes, (error) => (error === null || error === undefined ? resolve() : reject(error)));
    });
  });
}

async function told<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw fileError(file, "written", error);
  }
}

/** The bytes of a backup, from a file or a stream; reading ends with the signal. @throws BallastError BACKUP_FILE. */
export async function* readBackupFile(source: string | Readable, name: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stream = typeof source === "string" ? createReadStream(source, { highWaterMark: READ_BYTES }) : source;
  addAbortSignal(signal, stream);
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (error) {
    signal.throwIfAborted();
    throw fileError(name, "read", error);
  }
}
