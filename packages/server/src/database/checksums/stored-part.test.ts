import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/index.ts";
import { copyRows } from "../copy-binary.ts";
import { createPool, type Pool } from "../index.ts";
import { StoredPart } from "./index.ts";
import { caseCount } from "@ballast/core/testing/case-count";

const COLUMNS = {
  a_bool: "bool",
  a_int2: "int2",
  a_int4: "int4",
  a_int8: "int8",
  a_float8: "float8",
  a_text: "text",
  a_json: "json",
  a_uuid: "uuid",
  a_bytea: "bytea",
  int2s: "int2[]",
  int4s: "int4[]",
  int8s: "int8[]",
  float8s: "float8[]",
  texts: "text[]",
} as const;
const PART = new StoredPart("samples", COLUMNS);

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString, { max: 1 });
  await pool.query(
    `create table samples (${Object.entries(COLUMNS)
      .map(([name, type]) => `${name} ${type}`)
      .join(", ")}, checksum bytea)`,
  );
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0") && value.isWellFormed());
const int = (bits: number): fc.Arbitrary<number> => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
const double = fc.double({ noNaN: true }).map((value) => value + 0);
const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { nil: null, freq: 4 });

/** One value of each column, in order. */
const row = fc.tuple(
  orNull(fc.boolean()),
  orNull(int(16)),
  orNull(int(32)),
  orNull(fc.maxSafeInteger()),
  orNull(double),
  orNull(text),
  orNull(fc.json().filter((value) => value.isWellFormed() && !value.includes("\\u0000"))),
  orNull(fc.uuid()),
  orNull(fc.uint8Array({ maxLength: 5_000 }).map((bytes) => Buffer.from(bytes))),
  orNull(fc.array(int(16))),
  orNull(fc.array(int(32))),
  orNull(fc.array(fc.maxSafeInteger())),
  orNull(fc.array(orNull(double))),
  orNull(fc.array(text)),
);

test("the checksum of values is that of the row as Postgres sends it in binary; oracle: COPY BINARY", async () => {
  await fc.assert(
    fc.asyncProperty(row, async (values) => {
      await pool.query("truncate samples");
      const places = Object.values(COLUMNS).map((type, index) => `$${index + 1}::${type}`);
      await pool.query(`insert into samples values (${places.join(", ")}, $${places.length + 1})`, [...values, PART.checksum(values)]);
      const [stored] = await copyRows(pool, `select ${PART.selection} from samples`);
      expect(PART.compare(stored!.slice(0, -1), stored!.at(-1))).toBe("equal");
    }),
    { numRuns: caseCount(50, 1000) },
  );
});

test("any one bit, a length and an exchange of two fields change the checksum", () => {
  const part = new StoredPart("pair", { position: "int8", first: "bytea", second: "bytea" });
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.uint8Array({ minLength: 1, maxLength: 9_000 }), fc.nat(), (position, bytes, at) => {
      const checksum = part.checksum([position, bytes, null]);
      const flipped = Uint8Array.from(bytes);
      flipped[(at >>> 3) % bytes.length]! ^= 1 << (at & 7);
      for (const other of [
        [position, flipped, null],
        [position + (position > 0 ? -1 : 1), bytes, null],
        [position, null, bytes],
        [position, bytes.subarray(1), null],
        [position, bytes, new Uint8Array(0)],
      ])
        expect(part.compare(other, checksum)).toBe("differs");
    }),
  );
  expect(part.compare([1, new Uint8Array(0), null], null)).toBe("missing");
});
