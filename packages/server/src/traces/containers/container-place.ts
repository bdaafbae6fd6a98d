import { TraceError, type TraceErrorReason } from "@ballast/core/trace";
import { formatBytes } from "@ballast/core/units";
import type { ByteReader } from "../byte-reader.ts";
import { type ContainerKind, CONTAINERS } from "./container-kinds.ts";

const FETCH_AGAIN = "The file is cut off or was changed on its way: fetch or record it again. Nothing was imported.";

const TOO_LARGE_ADVICE =
  "Import a part of it; or raise BALLAST_TRACE_BYTES and import it as a file, if you know where it comes from. Nothing was imported.";

/** Where the reading of a compressed file is, and the errors that say so. Bytes count from 0. */
export class ContainerPlace {
  readonly file: string;
  readonly kind: ContainerKind;
  readonly reader: ByteReader;
  /** Whole parts (members, frames, streams) behind. */
  partCount = 0;
  /** Byte of the file where the part begins that is read. */
  partStart = 0;
  /** Bytes expanded so far. */
  expandedBytes = 0;

  constructor(file: string, kind: ContainerKind, reader: ByteReader) {
    this.file = file;
    this.kind = kind;
    this.reader = reader;
  }

  /** The file ends within a part. */
  cutOff(): TraceError {
    return this.#error("compression-damaged", this.reader.position, `the ${this.kind} data ends too early, ${this.#within()}`);
  }

  /** `what`: what is wrong, as far as that is known. */
  damaged(what: string, cause?: unknown): TraceError {
    const found = `the ${this.kind} data is damaged ${this.#within()}, somewhere behind the bytes named: ${what}`;
    return this.#error("compression-damaged", this.partStart, found, FETCH_AGAIN, cause);
  }

  /** Expands to more than may be read: a few bytes can stand for any number of them. */
  tooLarge(limitBytes: number): TraceError {
    const found = `the ${this.kind} data expands to more than ${formatBytes(limitBytes)} (from ${this.reader.position} bytes so far)`;
    return this.#error("too-large", this.reader.position, found, TOO_LARGE_ADVICE);
  }

  /** Sound as far as can be seen, but more than can be read here. */
  unsupported(what: string, advice: string): TraceError {
    return this.#error("format-unsupported", this.partStart, `${this.#within("the")} ${what}`, advice);
  }

  /** Bytes behind the last whole part that do not continue it. */
  unread(what: string): TraceError {
    const { part } = CONTAINERS[this.kind];
    const parts = this.partCount === 1 ? `one whole ${this.kind} ${part}` : `${this.partCount} whole ${this.kind} ${part}s`;
    const advice =
      "If it was damaged, fetch it again; if several files were joined, expand each with its own tool and join the " +
      "expanded ones. Nothing was imported.";
    return this.#error("compression-damaged", this.reader.position, `behind ${parts} ${what}`, advice);
  }

  #within(word = "in its"): string {
    const number = `${word} ${CONTAINERS[this.kind].part} number ${this.partCount + 1}`;
    return `${number}, which begins at byte ${this.partStart} of the file`;
  }

  #error(reason: TraceErrorReason, fileByte: number, found: string, advice = FETCH_AGAIN, cause?: unknown): TraceError {
    const place = { file: this.file, fileByte, byteOffset: this.expandedBytes };
    return new TraceError(reason, place, found, advice, cause === undefined ? {} : { cause });
  }
}
