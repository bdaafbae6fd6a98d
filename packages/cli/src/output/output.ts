import { once } from "node:events";
import type { Writable } from "node:stream";
import { styleText } from "node:util";
import { terminalWidth } from "./terminal-width.ts";

/** The reader of the output has closed it (`ballast events ... | head`): nothing is left to do, and nothing is wrong. */
export class OutputClosed extends Error {
  override readonly name = "OutputClosed";
}

export type Style = Parameters<typeof styleText>[0];

/** Where results go: stdout. Progress and errors go elsewhere, so that a pipe gets results only. */
export class Output {
  private readonly stream: Writable & { isTTY?: boolean; columns?: number | undefined };
  private readonly beforeLine: () => void;
  private closed = false;

  /** `beforeLine` takes away what stands on the terminal unfinished, such as progress: both may be the same terminal. */
  constructor(stream: Writable & { isTTY?: boolean; columns?: number | undefined }, beforeLine: () => void = () => undefined) {
    this.stream = stream;
    this.beforeLine = beforeLine;
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      this.closed = true;
    });
  }

  /** Columns of the terminal, or undefined if the output is not one. */
  get width(): number | undefined {
    return this.stream.isTTY === true ? terminalWidth(this.stream.columns) : undefined;
  }

  /** Colours only on a terminal, and not if NO_COLOR is set. */
  paint(style: Style, text: string): string {
    return styleText(style, text, { stream: this.stream, validateStream: true });
  }

  /** Waits while the reader is behind, so that a long list never gathers in memory. Throws OutputClosed. */
  async line(text = ""): Promise<void> {
    this.beforeLine();
    if (!this.closed && !this.stream.write(`${text}\n`)) await this.drained();
    if (this.closed) throw new OutputClosed();
  }

  async json(value: unknown): Promise<void> {
    await this.line(JSON.stringify(value));
  }

  /** Bytes as they are, such as of a file for another program. Throws OutputClosed. */
  async bytes(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    this.beforeLine();
    for await (const piece of pieces) {
      if (!this.closed && !this.stream.write(piece)) await this.drained();
      if (this.closed) throw new OutputClosed();
    }
  }

  private async drained(): Promise<void> {
    try {
      await once(this.stream, "drain");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
    }
  }
}
