import { spawnSync } from "node:child_process";
import { gunzipSync, gzipSync, zstdCompressSync } from "node:zlib";
import type { ContainerKind } from "./containers/index.ts";

export type FuzzContainer = ContainerKind | "none";

/** What each kind begins with: the oracle chooses its tool by that. */
const STARTS: readonly (readonly [ContainerKind, RegExp])[] = [
  ["gzip", /^\x1f\x8b/],
  ["zstd", /^(?:\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18)/],
  ["xz", /^\xfd7zXZ\0/],
  ["bzip2", /^BZh[1-9]/],
];

function run(tool: ContainerKind, words: readonly string[], input: Uint8Array): Buffer | undefined {
  const { status, stdout } = spawnSync(tool, words, { input, maxBuffer: 2 ** 26 });
  return status === 0 ? stdout : undefined;
}

/** The tools that this machine has: each is the reference implementation of its format. */
export const TOOLS = new Set(STARTS.map(([kind]) => kind).filter((kind) => run(kind, ["--version"], Buffer.alloc(0)) !== undefined));

/** Compresses with an encoder that shares no code with what reads: Node's own, or the tool; undefined without it. */
export function compress(kind: FuzzContainer, bytes: Uint8Array, level: number): Buffer | undefined {
  if (kind === "none") return Buffer.from(bytes);
  if (kind === "gzip") return gzipSync(bytes, { level });
  // Parameters 100 and 201: the level and the checksum.
  if (kind === "zstd") return zstdCompressSync(bytes, { params: { 100: level, 201: 1 } });
  return TOOLS.has(kind) ? run(kind, [`-${level}`, "-c"], bytes) : undefined;
}

/** The whole of a file as the tools expand it; undefined if they do not, or say that something is wrong with it. */
export function expandIndependently(file: Uint8Array): Buffer | undefined {
  const start = Buffer.from(file.subarray(0, 8)).toString("latin1");
  const kind = STARTS.find(([, pattern]) => pattern.test(start))?.[0];
  if (kind === undefined) return Buffer.from(file);
  if (TOOLS.has(kind)) return run(kind, ["-dc"], file);
  return kind === "gzip" ? gunzipSync(file) : undefined;
}

const LINE = {
  "page-numbers": /^([ILSM]) (\d+)$/,
  lackey: /^(?=I {2}| [LSM] ) ?([ILSM]) {1,2}([0-9a-f]+)000,4$/,
  csv: /^([ILSM]),(\d+),x$/,
} as const;

export type FuzzFormat = keyof typeof LINE;

export type IndependentReading = {
  readonly references: string[];
  /** Lines that are not as `lineOf` writes them, of which some are references of the format all the same. */
  readonly otherLines: number;
  /** Carriage returns alone beside line feeds, as parts joined in the middle of a line end have them: refused. */
  readonly mixesLineEnds: boolean;
};

/** The references of a text, by a reading that knows no pieces. */
export function referencesOf(bytes: Uint8Array, format: FuzzFormat): IndependentReading {
  const text = decode(bytes).replace(/\x1a+$/, "");
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line !== "");
  const matches = lines.flatMap((line) => LINE[format].exec(line) ?? []);
  const references: string[] = [];
  for (let at = 0; at < matches.length; at += 3) {
    const digits = matches[at + 2] as string;
    references.push(`${matches[at + 1]} ${BigInt(format === "lackey" ? `0x${digits}` : digits)}`);
  }
  const mixesLineEnds = text.includes("\n") && /\r(?!\n)/.test(text);
  return { references, otherLines: lines.length - references.length, mixesLineEnds };
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le", { fatal: true }).decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be", { fatal: true }).decode(bytes);
  return new TextDecoder("latin1").decode(bytes).replace(/^\u00ef\u00bb\u00bf/, "");
}

/** A reference, from 0 to 39, as a line of the format. */
export function lineOf(format: FuzzFormat, kind: string, page: number): string {
  if (format === "csv") return `${kind},${page},x`;
  if (format === "page-numbers") return `${kind} ${page}`;
  return `${kind === "I" ? "I  " : ` ${kind} `}${page.toString(16)}000,4`;
}
