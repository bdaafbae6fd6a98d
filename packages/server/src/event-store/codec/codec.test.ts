import { createHash } from "node:crypto";
import { EventBatch } from "@ballast/core/events";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomEvents, rowsOf, splitEvents } from "../../testing/random-events.ts";
import { PLANE_COUNT } from "../commit-columns.ts";
import { DigestChain } from "../digest-chain.ts";
import { prepareCommit } from "../prepared-commit.ts";
import { decodeColumns } from "./decode-columns.ts";
import { encodeColumns, listPlanes } from "./encode-columns.ts";

function decode(batch: EventBatch): EventBatch {
  const encoded = encodeColumns(batch);
  const decoded = new EventBatch(batch.firstPosition, batch.length);
  decoded.length = batch.length;
  decodeColumns(decoded, encoded.bases, listPlanes(encoded, batch.length));
  return decoded;
}

function batchOf(values: readonly (readonly [d: number, a: number])[]): EventBatch {
  const batch = new EventBatch(1, values.length);
  for (const [d, a] of values) batch.append(20, 0, 1, 0, a, 0, 0, d);
  return batch;
}

describe("the columns of a commit", () => {
  test("decode to what was encoded; oracle: the events themselves", () => {
    fc.assert(
      fc.property(randomEvents(300), (batch) => {
        expect(rowsOf([decode(batch)])).toEqual(rowsOf([batch]));
      }),
    );
  });

  test("hold the widest ranges of 32 and 53 bits exactly; oracle: the events themselves", () => {
    const { MAX_SAFE_INTEGER: max, MIN_SAFE_INTEGER: min } = Number;
    const edges = [min, min + 1, -(2 ** 32), -1, 0, 1, 2 ** 24 - 1, 2 ** 24, 2 ** 32 - 1, 2 ** 32, max - 1, max];
    const batch = batchOf(edges.map((d, index) => [d, index % 2 === 0 ? -(2 ** 31) : 2 ** 31 - 1]));
    expect(rowsOf([decode(batch)])).toEqual(rowsOf([batch]));
  });

  test("take no bytes for a constant and the least that the range needs otherwise; oracle: the ranges", () => {
    const widths = [
      [[5, 5, 5], 0],
      [[0, 255], 1],
      [[1_000_000, 1_000_255], 1],
      [[-1, 255], 2],
      [[0, 2 ** 32], 5],
      [[0, Number.MAX_SAFE_INTEGER], 7],
    ] as const;
    for (const [values, bytes] of widths) {
      const planes = listPlanes(encodeColumns(batchOf(values.map((d) => [d, 0]))), values.length);
      expect(planes).toHaveLength(PLANE_COUNT);
      expect(planes.filter((plane) => plane !== null)).toHaveLength(bytes);
    }
  });

  test("refuse a fraction, which Postgres would give back changed", () => {
    expect(() => encodeColumns(batchOf([[0.5, 0]]))).toThrow("0.5");
  });
});

test("a commit names the VMs of its events, however they are numbered; oracle: a set of them", () => {
  const vm = fc.oneof(fc.nat(3), fc.integer({ min: 4_090, max: 4_100 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
  fc.assert(
    fc.property(fc.array(vm, { minLength: 1 }), (vms) => {
      const batch = new EventBatch(1, vms.length);
      for (const number of vms) batch.append(20, 0, number, 0, 0, 0, 0, 0);
      expect(prepareCommit(batch, new DigestChain()).vms).toEqual([...new Set(vms)].sort((left, right) => left - right));
    }),
  );
});

/** What docs/event-store.md says of a digest within the first block, written value by value. */
function describedDigest({ length, texts, ...batch }: EventBatch): string {
  const bytes: Buffer[] = [Buffer.alloc(32)];
  const add = (size: number, write: (to: Buffer) => void): void => {
    const to = Buffer.alloc(size);
    write(to);
    bytes.push(to);
  };
  const decisions = Array.from(batch.decisions.subarray(0, length));
  const isDecided = decisions.some((decision) => decision !== 0);
  add(4, (to) => to.writeUInt32LE(length));
  add(4, (to) => to.writeUInt32LE(texts.length + (isDecided ? 2 ** 31 : 0)));
  for (const column of [batch.timesNs, batch.d]) {
    for (const value of column.subarray(0, length)) add(8, (to) => to.writeDoubleLE(value + 0));
  }
  for (const column of [batch.vms, batch.processes, batch.a, batch.b, batch.c]) {
    for (const value of column.subarray(0, length)) add(4, (to) => to.writeInt32LE(value));
  }
  for (const type of batch.types.subarray(0, length)) add(1, (to) => to.writeUInt8(type));
  if (isDecided) for (const decision of decisions) add(4, (to) => to.writeInt32LE(decision));
  for (const text of texts) {
    const utf8 = Buffer.from(text, "utf8");
    add(4, (to) => to.writeUInt32LE(utf8.length));
    bytes.push(utf8);
  }
  return createHash("sha256").update(Buffer.concat(bytes)).digest("hex");
}

describe("the digest", () => {
  test("is that of the bytes that the documentation describes, whatever decision the events name; oracle: the bytes, one by one", () => {
    fc.assert(
      fc.property(randomEvents(60), fc.constantFrom(0, 1, 7), (batch, decision) => {
        batch.decisions.fill(0);
        batch.decisions[batch.length - 1] = decision;
        const chain = new DigestChain();
        chain.update(batch);
        expect(chain.digest()).toBe(describedDigest(batch));
      }),
    );
  });

  const history = fc.tuple(randomEvents(200), fc.array(fc.nat(), { maxLength: 8 }));

  test("is the same however the events are split, saved and restored; oracle: the whole in one call", () => {
    fc.assert(
      fc.property(history, ([whole, cuts]) => {
        const atOnce = new DigestChain();
        atOnce.update(whole);
        let chain = new DigestChain();
        for (const part of splitEvents(whole, cuts)) {
          chain.update(part);
          chain = DigestChain.restore(chain.save());
        }
        expect(chain.digest()).toBe(atOnce.digest());
      }),
    );
  });

  test("changes with any value of any event and with any text; oracle: the digest before the change", () => {
    const [whole] = fc.sample(randomEvents(40), { numRuns: 1, seed: 3 }) as [EventBatch];
    const digest = (): string => {
      const chain = new DigestChain();
      chain.update(whole);
      return chain.digest();
    };
    const before = digest();
    for (const column of [whole.timesNs, whole.vms, whole.processes, whole.a, whole.b, whole.c, whole.d, whole.decisions]) {
      if (column === whole.a || column === whole.b || column === whole.c) continue;
      column[whole.length - 1]! += 1;
      expect(digest()).not.toBe(before);
      column[whole.length - 1]! -= 1;
    }
    whole.texts[0] += "!";
    expect(digest()).not.toBe(before);
  });

  test("continues over blocks of 8,192 events; oracle: a chain fed event by event", () => {
    const whole = batchOf(Array.from({ length: 20_000 }, (_, index) => [index * 7, index]));
    const [atOnce, oneByOne] = [new DigestChain(), new DigestChain()];
    const blocks = atOnce.update(whole);
    for (let i = 0; i < whole.length; i++) oneByOne.update(whole.slice(i, i + 1));
    expect(oneByOne.digest()).toBe(atOnce.digest());
    expect(blocks).toHaveLength(2 * 32);
  });
});
