import { describe, expect, test } from "vitest";
import type { Sabotage } from "../actors/saboteur.ts";
import { judgeAnswer, namesPositions } from "./judge-answer.ts";
import { columnsByTable, STORED_TABLES } from "./stored-parts.ts";

const commit: Sabotage = { table: "commits", column: "a_0", how: "flip", row: {}, run: 1, positions: [100, 200] };
const series: Sabotage = { ...commit, table: "series_points", column: "figures", positions: undefined };
const moment = { kind: "moment", position: 150 } as const;
const refused = (code: string, text: string) => ({ kind: "refused", codes: [code], text }) as const;

describe("an answer about a run", () => {
  test("that differs from the undisturbed run's is wrong, damaged commit or not", () => {
    expect(judgeAnswer(moment, "a", { kind: "answer", text: "b" }, undefined).kind).toBe("wrong");
    expect(judgeAnswer(moment, "a", { kind: "answer", text: "b" }, commit).kind).toBe("wrong");
    expect(judgeAnswer(moment, "a", { kind: "answer", text: "a" }, commit).kind).toBe("equal");
  });

  test("that refuses is right only of a damaged run, with the right code and positions", () => {
    expect(judgeAnswer(moment, "a", refused("HISTORY_DAMAGED", "positions 90-160"), commit).kind).toBe("named");
    expect(judgeAnswer(moment, "a", refused("HISTORY_DAMAGED", "positions 1-99"), commit).kind).toBe("wrong");
    expect(judgeAnswer(moment, "a", refused("HISTORY_DAMAGED", "positions 90-160"), undefined).kind).toBe("wrong");
    expect(judgeAnswer(moment, "a", refused("INTERNAL", "request 150"), commit).kind).toBe("wrong");
  });

  test("from what can be made again is never refused, and never otherwise", () => {
    expect(judgeAnswer({ kind: "models" }, "a", { kind: "answer", text: "a" }, series).kind).toBe("equal");
    expect(judgeAnswer({ kind: "models" }, "a", { kind: "answer", text: "b" }, series).kind).toBe("wrong");
    expect(judgeAnswer({ kind: "models" }, "a", refused("HISTORY_DAMAGED", "positions 90-160"), series).kind).toBe("wrong");
  });

  test("may be what is stored only where nothing can be held against it", () => {
    const given: Sabotage = { ...commit, table: "run_jobs", column: "scenario", positions: undefined };
    expect(judgeAnswer(moment, "a", { kind: "answer", text: "b" }, given).kind).toBe("unchecked");
    expect(judgeAnswer(moment, "a", refused("INTERNAL", "request 150"), given).kind).toBe("wrong");
    expect(judgeAnswer(moment, "a", { kind: "answer", text: "b" }, { ...given, table: "event_types", column: "name" }).kind).toBe("wrong");
  });
});

test("positions are found in a message by range or one by one", () => {
  expect(namesPositions("Run 7: positions 1,000 to 1,200 are damaged", { positions: [1_100, 1_100] })).toBe(true);
  expect(namesPositions("position 150 is damaged", commit)).toBe(true);
  expect(namesPositions("position 250 is damaged", commit)).toBe(false);
});

test("a table that the list of stored parts does not have fails the simulation", () => {
  const columns = [...Object.keys(STORED_TABLES), "kysely_migration"].map((table) => ({
    table,
    name: "x",
    type: "bytea",
    isNullable: false,
  }));
  expect(columnsByTable(columns).size).toBe(Object.keys(STORED_TABLES).length);
  expect(() => columnsByTable([...columns, { table: "novel", name: "x", type: "bytea", isNullable: false }])).toThrow(
    /says nothing of the tables novel/,
  );
  expect(() => columnsByTable(columns.slice(1))).toThrow(/has not: commits/);
});
