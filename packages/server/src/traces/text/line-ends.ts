import { TraceError } from "@ballast/core/trace";
import type { TextStage } from "./text-stage.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Makes sure that a line is a line for the parsers, which look for line feeds: a text whose lines end with a carriage
 * return alone (old Macs) gets line feeds, and one that mixes both is refused, because part of it would be lost in what
 * looks like one long line. Carriage returns before a line feed stay.
 */
export class LineEnds implements TextStage {
  readonly #file: string;
  /** What the lines end with, told by the first end of a line. */
  #end: "unknown" | "line-feed" | "carriage-return" = "unknown";
  /** Bytes of the text before the piece. */
  #offset = 0;
  /** Carriage returns at the end of the last piece: what follows tells what they are. */
  #held = 0;

  constructor(file: string) {
    this.#file = file;
  }

  push(piece: Uint8Array): Uint8Array {
    if (piece.length === 0) return piece;
    const bytes = this.#held === 0 ? piece : Buffer.concat([Buffer.alloc(this.#held, CARRIAGE_RETURN), piece]);
    this.#held = 0;
    const checked = this.#check(bytes);
    this.#offset += checked.length;
    return checked;
  }

  finish(): Uint8Array {
    const byte = this.#end === "unknown" ? LINE_FEED : CARRIAGE_RETURN;
    return Buffer.alloc(this.#held, byte);
  }

  #check(bytes: Uint8Array): Uint8Array {
    if (this.#end === "carriage-return") return this.#convert(bytes);
    for (let at = bytes.indexOf(CARRIAGE_RETURN); at >= 0; at = bytes.indexOf(CARRIAGE_RETURN, at)) {
      const start = at;
      while (bytes[at] === CARRIAGE_RETURN) at += 1;
      if (at === bytes.length) {
        this.#held = at - start;
        return this.#noteLineFeed(bytes.subarray(0, start));
      }
      if (bytes[at] !== LINE_FEED) return this.#lone(bytes, start);
    }
    return this.#noteLineFeed(bytes);
  }

  #noteLineFeed(bytes: Uint8Array): Uint8Array {
    if (this.#end === "unknown" && bytes.includes(LINE_FEED)) this.#end = "line-feed";
    return bytes;
  }

  /** A carriage return that no line feed follows: the end of a line, if no line has ended otherwise. */
  #lone(bytes: Uint8Array, at: number): Uint8Array {
    this.#noteLineFeed(bytes.subarray(0, at));
    if (this.#end === "line-feed") throw this.#refuse(this.#offset + at);
    this.#end = "carriage-return";
    return this.#convert(bytes);
  }

  #convert(bytes: Uint8Array): Uint8Array {
    const lineFeed = bytes.indexOf(LINE_FEED);
    if (lineFeed >= 0) throw this.#refuse(this.#offset + lineFeed);
    return bytes.map((byte) => (byte === CARRIAGE_RETURN ? LINE_FEED : byte));
  }

  #refuse(byteOffset: number): TraceError {
    return new TraceError(
      "encoding-invalid",
      { file: this.#file, byteOffset },
      "some lines end with a line feed and others with a carriage return alone",
      "Where a line ends is not clear: write all line ends alike (tr '\\r' '\\n'). Nothing was imported.",
    );
  }
}
