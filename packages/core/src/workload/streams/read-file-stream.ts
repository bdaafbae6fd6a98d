import type { Prng } from "../../prng/index.ts";
import type { AccessBuffer } from "../access-stream.ts";
import { type Scan, ScanStream } from "./scan-stream.ts";

/** A scan of a file of the VM in place of the process's own pages. */
export class ReadFileStream extends ScanStream {
  /** The file's number in its VM, from 1. */
  private readonly file: number;
  private readonly readAheadPages: number;

  constructor(file: number, readAheadPages: number, scan: Scan, prng: Prng) {
    super(scan, prng);
    this.file = file;
    this.readAheadPages = readAheadPages;
  }

  override fill(buffer: AccessBuffer): number {
    const count = super.fill(buffer);
    if (count <= 0) return count;
    buffer.file = this.file;
    buffer.readAheadPages = this.readAheadPages;
    return count;
  }
}
