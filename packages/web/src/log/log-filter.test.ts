import { describe, expect, it } from "vitest";
import { eventFilter, exportPath, hasGaps, type LogFilter, nsOf, parseFilter, problemOf } from "./log-filter.ts";

const NONE = {
  types: undefined,
  vm: undefined,
  process: undefined,
  names: undefined,
  from: undefined,
  to: undefined,
  fromTime: undefined,
  toTime: undefined,
  order: undefined,
};
const filter = (texts: Partial<Record<keyof typeof NONE, string>>): LogFilter => parseFilter({ ...NONE, ...texts });

describe("the filter of the log", () => {
  it("is what the API takes", () => {
    const given = filter({ types: "PAGE_STOLEN,FRAME_MAPPED", vm: "2", names: "real 33", from: "10", fromTime: "1.5" });
    expect(eventFilter(given)).toEqual({
      types: ["PAGE_STOLEN", "FRAME_MAPPED"],
      vm: 2,
      realPage: 33,
      fromPosition: "10",
      fromTimeNs: "1500000000",
    });
    expect(eventFilter(filter({ names: "Frame 12" }))).toEqual({ physicalPage: 12 });
  });

  it("leaves out what cannot be read, and keeps seconds exact", () => {
    expect(eventFilter(filter({ types: "drop table", vm: "-1", from: "1e3", fromTime: "soon" }))).toEqual({});
    expect(nsOf("0.000000001")).toBe("1");
    expect(nsOf("123456789.123456789")).toBe("123456789123456789");
  });

  it("has no gaps with bounds of the position alone", () => {
    expect(hasGaps(filter({ from: "5", to: "9" }))).toBe(false);
    expect(hasGaps(filter({ vm: "0" }))).toBe(true);
  });

  it("says what a page needs besides its number", () => {
    expect(problemOf(filter({ names: "real 3" }))).toContain("VM");
    expect(problemOf(filter({ names: "virtual 3", vm: "1" }))).toContain("process");
    expect(problemOf(filter({ names: "page three", vm: "1" }))).toContain("Write");
    expect(problemOf(filter({ names: "frame 3" }))).toBeUndefined();
  });

  it("is in the address of an exported file, whole", () => {
    const nameOf = (type: string): string => (type === "PAGE_STOLEN" ? "PageStolen" : type);
    expect(exportPath("r", filter({ types: "PAGE_STOLEN", vm: "1", to: "9" }), "csv", nameOf)).toBe(
      "/runs/r/events.csv?to=9&type=PageStolen&vm=1",
    );
    const page = filter({ names: "real 3", vm: "2", fromTime: "0.5" });
    expect(exportPath("r", page, "parquet", nameOf)).toBe("/runs/r/events.parquet?fromTimeNs=500000000&vm=2&realPage=3");
    expect(exportPath("r", filter({ names: "frame 3" }), "ndjson", nameOf)).toBe("/runs/r/events.ndjson?physicalPage=3");
  });
});
