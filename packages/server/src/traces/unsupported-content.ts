import { TraceError } from "@ballast/core/trace";
import { type ContainerKind, CONTAINERS, containerOf } from "./containers/index.ts";

const PIPE = "| ballast import - --name NAME";
const TAR_HEADER_BYTES = 512;
const TAR_CHECKSUM = { at: 148, length: 8 } as const;

type Known = {
  readonly what: string;
  /** The first bytes, as a text of one character per byte. */
  readonly starts: readonly string[];
  readonly advice: string;
};

const EXPORT = `Write the accesses out as CSV or as page numbers, one a line, and import that.`;

/** Contents that are recognised and not read, each with what to do. */
const KNOWN: readonly Known[] = [
  { what: "a zip archive", starts: ["PK\x03\x04", "PK\x05\x06", "PK\x07\x08"], advice: `Name a file in it: unzip -p FILE MEMBER ${PIPE}.` },
  { what: "a 7z archive", starts: ["7z\xbc\xaf\x27\x1c"], advice: `Expand it first: 7z x -so FILE ${PIPE}.` },
  { what: "a RAR archive", starts: ["Rar!\x1a\x07"], advice: `Expand it first: unrar p -inul FILE ${PIPE}.` },
  { what: "an ar archive", starts: ["!<arch>\n"], advice: `Expand it first: ar p FILE MEMBER ${PIPE}.` },
  { what: "a cpio archive", starts: ["070701", "070702", "070707\x30"], advice: "Expand it first with cpio, and import a file of it." },
  { what: "lz4 data", starts: ["\x04\x22\x4d\x18", "\x02\x21\x4c\x18"], advice: `Expand it first: lz4 -dc FILE ${PIPE}.` },
  { what: "data of compress (.Z)", starts: ["\x1f\x9d"], advice: `Expand it first: gzip -dc FILE ${PIPE}.` },
  { what: "data of pack or lzh", starts: ["\x1f\x1e", "\x1f\xa0"], advice: `Expand it first: gzip -dc FILE ${PIPE}.` },
  { what: "LZMA data (.lzma)", starts: ["\x5d\x00\x00"], advice: `Expand it first: xz --format=lzma -dc FILE ${PIPE}.` },
  {
    what: "zlib data, not gzip",
    starts: ["\x78\x01", "\x78\x9c", "\x78\xda"],
    advice: `Expand it first: zlib-flate -uncompress < FILE ${PIPE}.`,
  },
  { what: "lzip data", starts: ["LZIP\x01"], advice: `Expand it first: lzip -dc FILE ${PIPE}.` },
  { what: "lzop data", starts: ["\x89LZO\x00\r\n\x1a\n"], advice: `Expand it first: lzop -dc FILE ${PIPE}.` },
  { what: "framed Snappy data", starts: ["\xff\x06\x00\x00sNaPpY"], advice: `Expand it first, and import the expanded data.` },
  {
    what: "zstd data in a format of before version 0.8",
    starts: ["\x1e", "\x22", "\x23", "\x24", "\x25", "\x26", "\x27"].map((first) => `${first}\xb5\x2f\xfd`),
    advice: "Expand it with a zstd that was built with legacy support, and compress it again.",
  },
  { what: "a zstd dictionary, not compressed data", starts: ["\x37\xa4\x30\xec"], advice: "Name the file that was compressed with it." },
  { what: "a Parquet file", starts: ["PAR1", "PARE"], advice: `${EXPORT} DuckDB: COPY (FROM 'FILE') TO 'FILE.csv'.` },
  { what: "an ORC file", starts: ["ORC\x00", "ORC\x0a"], advice: EXPORT },
  { what: "an Avro file", starts: ["Obj\x01"], advice: EXPORT },
  { what: "an Arrow or Feather file", starts: ["ARROW1\x00\x00", "FEA1"], advice: EXPORT },
  { what: "an HDF5 file", starts: ["\x89HDF\r\n\x1a\n"], advice: `${EXPORT} h5dump does, or pandas.` },
  {
    what: "an SQLite database",
    starts: ["SQLite format 3\x00"],
    advice: `Export a table: sqlite3 -csv FILE 'select ...' ${PIPE} --format csv.`,
  },
  { what: "a NumPy array", starts: ["\x93NUMPY"], advice: `${EXPORT} numpy.savetxt does.` },
  { what: "a recording of perf", starts: ["PERFILE2"], advice: `Print its addresses: perf script -i FILE -F addr ${PIPE}.` },
  {
    what: "a program (ELF)",
    starts: ["\x7fELF"],
    advice: "Record its accesses: valgrind --tool=lackey --trace-mem=yes --log-file=FILE.lackey PROGRAM.",
  },
  { what: "a program for Windows or DOS", starts: ["MZ\x90\x00"], advice: "Record its accesses, and import the recording." },
  { what: "a PDF document", starts: ["%PDF-"], advice: "Name the recording itself." },
  { what: "an image", starts: ["\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "GIF8"], advice: "Name the recording itself." },
  {
    what: "a network capture",
    starts: ["\xd4\xc3\xb2\xa1", "\xa1\xb2\xc3\xd4", "\x0a\x0d\x0d\x0a"],
    advice: "It holds packets, not memory accesses.",
  },
  {
    what: "a pointer of Git LFS, not the file it stands for",
    starts: ["version https://git-lfs.github.com/spec/"],
    advice: "Fetch the file: git lfs pull.",
  },
  {
    what: "a web page, not the file that it may lead to",
    starts: ["<!doctype html", "<html"],
    advice: "Open it in a browser to see why, and fetch the file itself.",
  },
  { what: "an XML document", starts: ["<?xml"], advice: EXPORT },
];

const TAR: Known = { what: "a tar archive", starts: [], advice: `Name a file in it: tar -xOf FILE MEMBER ${PIPE}.` };

/**
 * Throws a `TraceError` if these are the first bytes of something that is recognised and not read. `within`: what they
 * were expanded from.
 */
export function refuseUnsupported(head: Uint8Array, file: string, within: ContainerKind | undefined): void {
  const found = compressedTwice(head, within) ?? (isTar(head) ? TAR : KNOWN.find(({ starts }) => startsWithAny(head, starts)));
  if (found === undefined) return;
  const where = within === undefined ? "this is" : `expanded from ${within}, this is`;
  throw new TraceError("format-unsupported", { file }, `${where} ${found.what}`, `${found.advice} Nothing was imported.`);
}

function compressedTwice(head: Uint8Array, within: ContainerKind | undefined): Known | undefined {
  const kind = containerOf(head);
  if (within === undefined || kind === undefined) return undefined;
  const advice = `Expand it once before: ${CONTAINERS[within].expand} FILE ${PIPE}.`;
  return { what: `${kind} data again: it was compressed twice`, starts: [], advice };
}

function startsWithAny(head: Uint8Array, starts: readonly string[]): boolean {
  const text = Buffer.from(head.subarray(0, 64)).toString("latin1");
  return starts.some((start) => text.startsWith(start) || (start.startsWith("<") && text.trimStart().toLowerCase().startsWith(start)));
}

/** Told by the checksum of its first header, which tars of every kind have. */
function isTar(head: Uint8Array): boolean {
  if (head.length < TAR_HEADER_BYTES || head[0] === 0) return false;
  const header = Buffer.from(head.subarray(0, TAR_HEADER_BYTES));
  const { at, length } = TAR_CHECKSUM;
  const field = header.toString("latin1", at, at + length);
  if (!/^ *[0-7]{1,7}[ \0]/.test(field)) return false;
  header.fill(" ", at, at + length);
  return header.reduce((sum, byte) => sum + byte, 0) === Number.parseInt(field, 8);
}
