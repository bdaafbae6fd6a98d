import { TraceError } from "@ballast/core/trace";
import { caseCount, isLongRun } from "@ballast/core/testing/case-count";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compress, expandIndependently, type FuzzContainer, type FuzzFormat, lineOf, referencesOf } from "./fuzz-oracle.fixture.ts";
import { SKIPPABLE_FRAME } from "./containers/packed.fixture.ts";
import { readBytes } from "./read-bytes.fixture.ts";

const ENCODINGS = ["plain", "utf-8 mark", "utf-16le", "utf-16be"] as const;
const LINE_ENDS = ["\n", "\r\n", "\r"] as const;
const CONTAINERS = ["none", "gzip", "zstd", "xz", "bzip2"] as const satisfies readonly FuzzContainer[];
const FORMATS = ["page-numbers", "lackey", "csv"] as const satisfies readonly FuzzFormat[];

const page = fc.nat(39);
/** A made-up file: its text, how that is written, cut and compressed, and how it comes in. */
const files = fc.record({
  format: fc.constantFrom(...FORMATS),
  references: fc.array(fc.tuple(fc.constantFrom("I", "L", "S", "M"), page), { minLength: 2, maxLength: 200 }),
  encoding: fc.constantFrom(...ENCODINGS),
  lineEnd: fc.constantFrom(...LINE_ENDS),
  container: fc.constantFrom(...CONTAINERS),
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
  level: fc.integer({ min: 1, max: 6 }),
  pieceBytes: fc.constantFrom(3, 50, 1000, 2 ** 20),
});
type File = typeof files extends fc.Arbitrary<infer Value> ? Value : never;

const place = fc.double({ min: 0, max: 0.999999, noNaN: true });
/** What happens to it on its way. */
const mutations = fc.oneof(
  fc.record({ kind: fc.constant("none" as const) }),
  fc.record({ kind: fc.constant("cut" as const), at: place }),
  fc.record({ kind: fc.constant("drop last part" as const) }),
  fc.record({ kind: fc.constant("repeat a part" as const), at: place }),
  fc.record({ kind: fc.constant("flip" as const), at: place, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant("insert" as const), at: place, bytes: fc.uint8Array({ minLength: 1, maxLength: 20 }) }),
  fc.record({ kind: fc.constant("insert between parts" as const), at: place, bytes: fc.uint8Array({ minLength: 1, maxLength: 5 }) }),
  fc.record({ kind: fc.constant("remove" as const), at: place, count: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant("append zeros" as const), count: fc.integer({ min: 1, max: 600 }) }),
  fc.record({ kind: fc.constant("append text" as const) }),
  fc.record({ kind: fc.constant("append another kind" as const), container: fc.constantFrom(...CONTAINERS) }),
  fc.record({ kind: fc.constant("skippable frame" as const), at: place }),
);
type Mutation = typeof mutations extends fc.Arbitrary<infer Value> ? Value : never;

function textOf({ format, references, lineEnd, encoding }: File): Buffer {
  const text = references.map(([kind, number]) => lineOf(format, kind, number) + lineEnd).join("");
  if (encoding === "utf-16le") return Buffer.from(`\ufeff${text}`, "utf16le");
  if (encoding === "utf-16be") return Buffer.from(`\ufeff${text}`, "utf16le").swap16();
  return Buffer.from(encoding === "plain" ? text : `\ufeff${text}`);
}

/** The compressed parts; undefined if this machine cannot make them. */
function partsOf(file: File): Buffer[] | undefined {
  const text = textOf(file);
  const cuts = [0, ...file.cuts.map((cut) => Math.floor(cut * text.length)).sort((a, b) => a - b), text.length];
  const parts = cuts.slice(1).map((end, index) => compress(file.container, text.subarray(cuts[index], end), file.level));
  return parts.includes(undefined) ? undefined : (parts as Buffer[]);
}

function mutate(parts: readonly Buffer[], mutation: Mutation): Buffer {
  const whole = Buffer.concat(parts);
  const at = "at" in mutation ? Math.floor(mutation.at * whole.length) : 0;
  const part = "at" in mutation ? Math.floor(mutation.at * parts.length) : 0;
  const insertPart = (bytes: Uint8Array): Buffer => Buffer.concat([...parts.slice(0, part), bytes, ...parts.slice(part)]);
  switch (mutation.kind) {
    case "none":
      return whole;
    case "cut":
      return whole.subarray(0, at);
    case "drop last part":
      return Buffer.concat(parts.slice(0, -1));
    case "repeat a part":
      return insertPart(parts[part] as Buffer);
    case "flip": {
      whole[at] = (whole[at] as number) ^ (1 << mutation.bit);
      return whole;
    }
    case "insert":
      return Buffer.concat([whole.subarray(0, at), mutation.bytes, whole.subarray(at)]);
    case "insert between parts":
      return insertPart(mutation.bytes);
    case "remove":
      return Buffer.concat([whole.subarray(0, at), whole.subarray(at + mutation.count)]);
    case "append zeros":
      return Buffer.concat([whole, Buffer.alloc(mutation.count)]);
    case "append text":
      return Buffer.concat([whole, Buffer.from("L 7\n")]);
    case "append another kind":
      return Buffer.concat([whole, compress(mutation.container, Buffer.from("L 7\n"), 3) ?? Buffer.alloc(0)]);
    case "skippable frame":
      return insertPart(SKIPPABLE_FRAME);
  }
}

/** What must be read without an error: nothing happened to it, or what its format allows. */
function isSound({ container, encoding }: File, { kind }: Mutation): boolean {
  if (kind === "none") return true;
  if (kind === "skippable frame") return container === "zstd";
  if (kind === "append zeros") return container === "gzip";
  return kind === "repeat a part" && container !== "none" && encoding === "plain";
}

// Oracle: the file as the reference implementations (zstd, gzip, xz, bzip2) expand it whole, and its text read line by
// line. Where a tool is missing, only what was not mutated can be judged.
test("whatever happens to a file, all of its references are read, or none with an error", async () => {
  const outcomes = { read: 0, refused: 0 };
  const read = async (bytes: Uint8Array, { format, pieceBytes }: File): Promise<string[] | TraceError> =>
    await readBytes(bytes, { format, pieceBytes, ...(format === "csv" ? { csv: { kindColumn: 1, header: "absent" } } : {}) }).then(
      ({ references }) => references,
      (error: unknown) => {
        expect(error).toBeInstanceOf(TraceError);
        return error as TraceError;
      },
    );
  await fc.assert(
    fc.asyncProperty(files, mutations, async (file, mutation) => {
      const parts = partsOf(file);
      if (parts === undefined) return;
      const bytes = mutate(parts, mutation);
      const outcome = await read(bytes, file);
      if (outcome instanceof TraceError) {
        outcomes.refused += 1;
        const text = isSound(file, mutation) ? expandIndependently(bytes) : undefined;
        const reading = text === undefined ? undefined : referencesOf(text, file.format);
        if (reading?.otherLines === 0 && !reading.mixesLineEnds) expect(reading.references, outcome.message).toEqual([]);
        return;
      }
      outcomes.read += 1;
      const text = mutation.kind === "none" ? textOf(file) : expandIndependently(bytes);
      expect(text).toBeDefined();
      const { references, otherLines } = referencesOf(text as Buffer, file.format);
      if (otherLines === 0) expect(outcome).toEqual(references);
      else expect(outcome.length).toBeGreaterThanOrEqual(references.length);
    }),
    { numRuns: caseCount(40, 1000) },
  );
  // One in seven is read: a few draws may all be refused.
  if (isLongRun) expect(outcomes.read).toBeGreaterThan(0);
  expect(outcomes.refused).toBeGreaterThan(0);
});
