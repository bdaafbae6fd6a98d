import { assert } from "../../assert/index.ts";
import type { Prng } from "../../prng/index.ts";
import { byType, nothing } from "../../reading/collections.ts";
import { MAX_PAGES } from "../../reading/limits.ts";
import { defaulted, required, type ValuesOf } from "../../reading/object.ts";
import { pageCount } from "../../reading/quantities.ts";
import { integer, ratio } from "../../reading/scalars.ts";
import { nameText } from "../../reading/text.ts";
import type { AccessBuffer } from "../access-stream.ts";
import { type Scan, ScanStream } from "../streams/scan-stream.ts";
import { simpleKind, type StreamRandomness, type StreamSources } from "../workload-kind.ts";
import { seededWrites, shared, somePages } from "./fields.ts";

/** A scan of a file of the VM instead of the process's own pages. */
class ReadFileStream extends ScanStream {
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

const fields = {
  file: required(nameText, "The file's name."),
  firstPage: defaulted(integer({ minimum: 0, maximum: MAX_PAGES - 1 }, ""), "First page of the file that is read. Default: 0.", 0),
  pages: defaulted(
    byType<number | null>({ null: nothing, number: somePages, string: somePages }, "a number of pages, text, or null"),
    'Pages read, from `firstPage`: a number of pages, or text such as "64 MiB"; null: to the end of the file. Default: null.',
    null,
  ),
  times: shared.times,
  writeRatio: defaulted(ratio, "Fraction of the accesses that write, 0 to 1. Default: 0, it is only read.", 0),
  readAheadPages: defaulted(
    pageCount({ minimum: 0, maximum: 65_536 }),
    "Pages that one request of the disk reads beyond the missing one; 0 for no read-ahead. " +
      "Default: 31 (published: with the missing one 128 KiB, Linux's read_ahead_kb).",
    31,
  ),
};
type ReadFile = ValuesOf<typeof fields>;

export const readFile = simpleKind({
  description: "A file of the VM, in order, through the guest's page cache, `times` times over.",
  fields,
  createStream: createFileStream,
  countAccesses: ({ pages, file, firstPage, ...workload }, { files }) => {
    const filePages = files.find(({ name }) => name === file)?.pages ?? 0;
    return (pages ?? filePages - firstPage) * workload.times;
  },
  seededPart: seededWrites,
  countPages: () => 0,
  reading: ({ file, firstPage, pages }) => ({ file, firstPage, pages }),
});

function createFileStream(workload: ReadFile, { files }: StreamSources, { accesses: rng }: StreamRandomness): ReadFileStream {
  const index = files.findIndex(({ name }) => name === workload.file);
  assert(index >= 0, () => `the VM has no file "${workload.file}"`);
  const { firstPage, writeRatio, readAheadPages } = workload;
  const pages = workload.pages ?? files[index].pages - firstPage;
  return new ReadFileStream(index + 1, readAheadPages, { firstPage, pages, accesses: pages * workload.times, writeRatio }, rng);
}
