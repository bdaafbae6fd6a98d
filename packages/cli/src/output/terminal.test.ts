import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { fittingTable } from "./fitting-table.ts";
import { Output } from "./output.ts";
import { Progress } from "./progress.ts";
import { formatTable } from "./table.ts";
import { terminalWidth } from "./terminal-width.ts";
import { fitText, textWidth } from "./text-width.ts";
import { wrap } from "./wrap.ts";

/** A terminal to which a process writes both its results and its progress. */
class Terminal extends Writable {
  text = "";
  readonly isTTY = true;
  readonly columns: number | undefined;
  constructor(columns: number | undefined) {
    super();
    this.columns = columns;
  }
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
  /** What is to be seen of the lines: a carriage return and `erase to the end of the line` take a line away. */
  get lines(): string[] {
    return this.text.split("\n").map((line) => line.split("\r\u001b[K").at(-1) ?? "");
  }
}

test("a result never stands behind an unfinished progress line", async () => {
  const terminal = new Terminal(80);
  const progress = new Progress(terminal);
  const output = new Output(terminal, () => progress.clear());
  progress.hint("Using the Postgres (process 1) that process 2 uses as well");
  await output.line("first result");
  progress.update({ label: "working", fraction: 0.5 });
  await output.line("second result");
  expect(terminal.lines).toEqual(["first result", "second result", ""]);
});

test.each([
  [undefined, 80],
  [0, 80],
  [1, 80],
  [19, 80],
  [Number.NaN, 80],
  [20, 20],
  [120, 120],
])("a terminal of %s columns is written to as one of %s", (columns, expected) => {
  expect(terminalWidth(columns)).toBe(expected);
  expect(new Output(new Terminal(columns)).width).toBe(expected);
});

test("a sentence on a terminal of width 0 is not broken behind every word", () => {
  const width = new Output(new Terminal(0)).width;
  expect(wrap("a sentence of seven words in all", width)).toHaveLength(1);
});

/** Oracle: Unicode's East Asian Width: a wide character takes two columns, a combining one none. */
test("wide characters take two columns, combining marks and colours none", () => {
  expect(textWidth("\u8a18\u61b6")).toBe(4);
  expect(textWidth("e\u0301")).toBe(1);
  expect(textWidth("\u001b[1mab\u001b[22m")).toBe(2);
  expect(fitText("\u8a18\u61b6\u9ad4", 5)).toBe("\u8a18\u61b6");
  const columns = [
    { title: "name", cell: (name: string) => name },
    { title: "x", cell: () => "x" },
  ];
  expect(formatTable(columns, ["\u8a18\u61b6\u9ad4", "ab"])).toEqual(["name    x", "------  -", "\u8a18\u61b6\u9ad4  x", "ab      x"]);
});

/** Oracle: the layout written out by hand. */
test("a last text is cut before a table is turned, and texts of a turned one are cut to the width", () => {
  const columns = [
    { title: "trace", cell: ({ name }: { name: string }) => name },
    { title: "pages", align: "right", cell: () => "10" } as const,
    { title: "of", cell: () => "a sentence that takes far more than one line" },
  ];
  expect(fittingTable(columns, [{ name: "a" }], 36).at(-1)).toBe("a         10  a sentence that tak...");
  expect(fittingTable(columns, [{ name: "a-long-name" }, { name: "b" }], 36)).toEqual([
    "trace  a-long-name",
    "-----  -----------------------------",
    "pages  10",
    "of     a sentence that takes far ...",
    "",
    "trace  b",
    "-----  -----------------------------",
    "pages  10",
    "of     a sentence that takes far ...",
  ]);
});

/** Oracle: the layout written out by hand. */
test("a table that is too wide is turned, with as many rows beside each other as fit", () => {
  const columns = [
    { title: "VM", cell: ({ vm }: { vm: number }) => String(vm) },
    { title: "resident", cell: () => "1,000" },
    { title: "swapped", cell: () => "0" },
  ];
  const rows = [{ vm: 1 }, { vm: 2 }, { vm: 3 }];
  expect(fittingTable(columns, rows, 21)[2]).toBe("1   1,000     0");
  expect(fittingTable(columns, rows.slice(0, 2), 20)).toEqual([
    "VM            1",
    "--------  -----",
    "resident  1,000",
    "swapped       0",
    "",
    "VM            2",
    "--------  -----",
    "resident  1,000",
    "swapped       0",
  ]);
});
