import { type CsvOptions, originalPage, type TraceFormat } from "@ballast/core/trace";
import { readTrace } from "./read-trace.ts";

export type ReadBytes = {
  /** Each reference as its kind's letter and its original page, in decimal. */
  readonly references: string[];
  readonly notes: readonly string[];
};

type Options = {
  readonly file?: string;
  readonly format?: TraceFormat;
  readonly csv?: Partial<CsvOptions>;
  readonly pieceBytes?: number;
  readonly maxExpandedBytes?: number;
};

/** Reads a file's bytes as an import does, without a database: in pieces of a given number of bytes, if there is one. */
export async function readBytes(bytes: Uint8Array, options: Options = {}): Promise<ReadBytes> {
  const { file = "some.pages", pieceBytes = 2 ** 20, ...input } = options;
  const blocks: Uint32Array[] = [];
  const writer = { addReferences: (block: Uint32Array) => void blocks.push(block.slice()), writeBlocks: async () => {} };
  const source = { file, bytes: piecesOf(bytes, pieceBytes), totalBytes: bytes.length, close: () => {} };
  const { originalPages, report } = await readTrace(source, input, writer);
  const references = blocks.flatMap((block) =>
    Array.from(block, (reference) => `${"ILSM"[reference & 3]} ${originalPage(originalPages, reference >>> 2)}`),
  );
  return { references, notes: report.notes };
}

async function* piecesOf(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** What an import of these bytes fails with. */
export async function failureOf(bytes: Uint8Array, options: Options = {}): Promise<unknown> {
  return await readBytes(bytes, options).then(
    ({ references }) => `no failure: ${references.length} references`,
    (error: unknown) => error,
  );
}
