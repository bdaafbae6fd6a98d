import { describe, expect, it } from "vitest";
import { eventTitle, fieldsLine, fieldValue, fieldWords, figureWords, pageNamed } from "./event-words.ts";

const field = (name: string, kind: string, value: string | null, shown = String(value)) => ({ name, kind, value, shown });

describe("events in words", () => {
  it("have titles made of their types", () => {
    expect(eventTitle("PAGE_STOLEN")).toBe("Page stolen");
    expect(eventTitle("VM_STARTED")).toBe("VM started");
  });

  it("have fields with the unit at the value", () => {
    expect(fieldWords(field("costNs", "NS", "500"))).toBe("cost");
    expect(fieldValue(field("costNs", "NS", "1500"))).toBe("1.50\u202fµs");
    expect(fieldWords(field("waitUs", "COUNT", "80"))).toBe("wait");
    expect(fieldValue(field("waitUs", "COUNT", "80"))).toBe("80.0\u202fµs");
    expect(fieldWords(field("sharedPhysicalPage", "PHYSICAL_PAGE", "3"))).toBe("shared frame");
    expect(fieldValue(field("slot", "SLOT", null, "none"))).toBe("none");
    expect(figureWords({ figure: "hostWaitNs", value: 2_500_000 })).toBe("host wait 2.50\u202fms");
  });

  it("carry their fields in one line", () => {
    const fields = [
      field("cause", "CHOICE", "3", "missing real map entry"),
      field("physicalPage", "PHYSICAL_PAGE", "1200"),
      field("virtualPage", "VIRTUAL_PAGE", null, "none"),
      field("costNs", "NS", "500"),
    ];
    expect(fieldsLine(fields)).toBe("cause missing real map entry, frame 1200, cost 500\u202fns");
    expect(fieldsLine([])).toBe("");
  });

  it("name pages as far as they tell whose they are", () => {
    const event = { vm: 2, process: null };
    expect(pageNamed(field("realPage", "REAL_PAGE", "7"), event)).toEqual({ kind: "real", vm: 2, realPage: 7 });
    expect(pageNamed(field("virtualPage", "VIRTUAL_PAGE", "7"), event)).toBeUndefined();
    expect(pageNamed(field("realPage", "REAL_PAGE", null), event)).toBeUndefined();
  });
});
