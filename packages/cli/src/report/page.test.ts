import * as fc from "fast-check";
import { parseHTML } from "linkedom";
import { caseCount } from "@ballast/core/testing";
import { expect, test } from "vitest";
import { html } from "./html.ts";
import { PageThread } from "./page-thread.ts";
import { reportPage } from "./page.ts";
import { SAMPLE } from "./sample.fixture.ts";

const page = reportPage(SAMPLE);
const { document } = parseHTML(page);

/** The oracle is a parser of HTML. */
test("every text within markup is read back as it was, and makes no element", () => {
  const property = fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (text) => {
    const parsed = parseHTML(`<!doctype html><html><body>${html`<p title="${text}">${text}</p>`.text}</body></html>`).document;
    const paragraph = parsed.querySelector("p");
    expect(parsed.body.children).toHaveLength(1);
    expect([paragraph?.children.length, paragraph?.textContent, paragraph?.getAttribute("title")]).toEqual([0, text, text]);
  });
  fc.assert(property, { numRuns: caseCount(300, 5_000) });
});

test("markup in the names of scenarios, VMs, policies and parameters stays text", () => {
  expect(document.querySelectorAll("script, img, b:not([class]), main i:not([style])")).toHaveLength(0);
  expect(document.querySelector("h1")?.textContent).toContain("<script>alert(1)</script>");
  expect(document.body.textContent).toContain("<img src=x onerror=alert(1)>");
  expect([...document.querySelectorAll("svg text")].some(({ textContent }) => textContent?.includes("<b>sort</b>"))).toBe(true);
});

test("a page needs nothing besides itself, and forbids itself to load anything", () => {
  expect(document.querySelectorAll("link, script, iframe, object, embed, [src], [href]")).toHaveLength(0);
  expect(page).not.toMatch(/url\(|@import|https?:\/\//);
  expect(document.querySelector("meta[http-equiv]")?.getAttribute("content")).toContain("default-src 'none'");
});

test("the verdict comes first, then the results, seeds and differences, curves, parameters and the scenario with the command", () => {
  const headings = [...document.querySelectorAll("section")].map(
    (section) => section.querySelector("h2")?.textContent ?? section.getAttribute("aria-label"),
  );
  expect(headings).toEqual(["Verdict", "Results", "Seeds and differences", "Over time", "Policies and parameters", "Scenario sample"]);
  expect(document.querySelector("section")?.textContent).toContain(SAMPLE.headline[0]!.text);
  expect([...document.querySelectorAll("pre")].some(({ textContent }) => textContent === SAMPLE.command)).toBe(true);
});

test("charts have names for those who do not see them, and every number of a chart of seeds is in the table or the text", () => {
  const charts = [...document.querySelectorAll("svg")];
  // Two of each metric, two of each variant's curves.
  expect(charts).toHaveLength(2 * SAMPLE.metrics.length + 2 * SAMPLE.curves.length);
  for (const chart of charts)
    expect([chart.getAttribute("role"), chart.getAttribute("aria-label")?.length ?? 0]).toEqual([
      "img",
      expect.toSatisfy((length: number) => length > 10),
    ]);
  const rows = document.querySelectorAll("section[aria-label] + section tbody tr");
  expect(rows).toHaveLength(SAMPLE.metrics.length);
});

test("a dot stands for each run that has a value, and an interval for each comparison that has one", () => {
  const [values, differences] = document.querySelectorAll("figure svg");
  const measured = SAMPLE.metrics[0]!.values.flat().filter((value) => value !== null);
  expect(values?.querySelectorAll("circle")).toHaveLength(measured.length);
  const intervals = SAMPLE.metrics[0]!.comparisons.filter((comparison) => typeof comparison?.interval === "string");
  expect(differences?.querySelectorAll("[stroke-linecap] line, line[stroke-linecap]")).toHaveLength(intervals.length);
});

test("light is the default, dark follows the reader's system on screens alone, and paper is light", () => {
  expect(page).toMatch(/@media screen and \(prefers-color-scheme:\s?dark\)/);
  expect(page).toContain("@media print");
});

test("the same report is the same page", () => {
  expect(reportPage(SAMPLE)).toBe(page);
});

test("a thread draws the same page, and ends when nobody wants it any more", async () => {
  const [thread, patient, asker] = [new PageThread(), new AbortController(), new AbortController()];
  expect(await thread.draw(SAMPLE, patient.signal)).toBe(page);
  const unwanted = thread.draw(SAMPLE, asker.signal);
  asker.abort(new Error("the client is gone"));
  await expect(unwanted).rejects.toThrow("the client is gone");
  await expect(thread.draw(SAMPLE, asker.signal)).rejects.toThrow("the client is gone");
  await thread.close();
});

test("a report of one run has neither comparisons nor seeds", () => {
  const one = parseHTML(reportPage({ ...SAMPLE, variants: SAMPLE.variants.slice(0, 1), baseline: null, seeds: [1] })).document;
  expect(one.querySelectorAll("h2")[1]?.textContent).toBe("Over time");
});
