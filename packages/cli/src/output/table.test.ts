import { describe, expect, test } from "vitest";
import { formatTable } from "./table.ts";

type Row = { readonly name: string; readonly pages: string };

/** The oracle is the layout written out by hand. */
describe("a table", () => {
  const columns = [
    { title: "policy", cell: (row: Row) => row.name },
    { title: "stolen", align: "right" as const, cell: (row: Row) => row.pages },
  ];

  test("is as wide as its widest cells, with texts on the left and numbers on the right", () => {
    const rows = [
      { name: "ballooning", pages: "7" },
      { name: "none", pages: "1,234,567" },
    ];
    expect(formatTable(columns, rows)).toEqual([
      "policy         stolen",
      "----------  ---------",
      "ballooning          7",
      "none        1,234,567",
    ]);
  });

  test("counts a colour as no width", () => {
    const rows = [
      { name: "a", pages: "\u001b[1m12\u001b[22m*" },
      { name: "b", pages: "34567890" },
    ];
    expect(formatTable(columns, rows).map((line) => line.replaceAll(/\u001b\[\d+m/g, ""))).toEqual([
      "policy    stolen",
      "------  --------",
      "a            12*",
      "b       34567890",
    ]);
  });

  test("cuts a text in its last column to the width of the terminal", () => {
    const description = { title: "does", cell: () => "Keeps a reserve of free frames by balloon targets." };
    // 6 columns of "policy", 2 between, 22 left: 19 characters and the ellipsis.
    expect(formatTable([columns[0]!, description], [{ name: "a", pages: "" }], 30)).toEqual([
      "policy  does",
      "------  ----------------------",
      "a       Keeps a reserve of ...",
    ]);
  });

  test("without rows is its heading", () => {
    expect(formatTable(columns, [])).toEqual(["policy  stolen", "------  ------"]);
  });
});
