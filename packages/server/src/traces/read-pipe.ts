import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

const PIECE_BYTES = 2 ** 16;
const WAIT_MS = 1;

/**
 * A pipe in the file system, read without ever blocking: a thread that waits in the system could not be interrupted, and
 * would keep the process from ending.
 */
export class Pipe {
  readonly #handle: FileHandle;
  /** Whether an end without bytes means that no writer has begun: a named pipe exists before its writer. */
  readonly #awaitsWriter: boolean;
  #closed = false;

  private constructor(handle: FileHandle, awaitsWriter: boolean) {
    this.#handle = handle;
    this.#awaitsWriter = awaitsWriter;
  }

  static async open(file: string): Promise<Pipe> {
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    // That of a shell, /dev/fd/63, leads to no path.
    const named = await realpath(file).then(
      () => true,
      () => false,
    );
    return new Pipe(handle, named);
  }

  close(): void {
    this.#closed = true;
    this.#handle.close().catch(() => undefined);
  }

  async *read(): AsyncGenerator<Uint8Array> {
    let awaitsWriter = this.#awaitsWriter;
    while (!this.#closed) {
      const bytes = await this.#readNow();
      if (bytes?.length === 0 && !awaitsWriter) return;
      if (bytes === undefined || bytes.length === 0) await sleep(WAIT_MS);
      else yield bytes;
      if (bytes?.length !== 0) awaitsWriter = false;
    }
  }

  /** Undefined if there is a writer, and nothing to be read yet. */
  async #readNow(): Promise<Uint8Array | undefined> {
    try {
      const { bytesRead, buffer } = await this.#handle.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, null);
      return buffer.subarray(0, bytesRead);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EAGAIN") return undefined;
      throw error;
    }
  }
}
