import { expect } from "vitest";
import { axeViolations, pageTest } from "./open-page.ts";

pageTest("the table of events shows any place by keyboard and opens details with reason and causes", async ({ open, stage }) => {
  const { page } = await open(`/runs/${stage.runs.sample.idleSteal}/log`);
  const grid = page.getByRole("grid", { name: "Events" });
  await grid.getByText("Run started", { exact: true }).waitFor();
  await grid.focus();
  await page.keyboard.press("End");
  await grid.getByText("Run completed", { exact: true }).waitFor();
  await page.keyboard.press("PageUp");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const selected = grid.getByRole("row", { selected: true });
  const position = ((await selected.getByRole("gridcell").first().textContent()) ?? "").replaceAll(",", "");
  await page.getByRole("heading", { name: /^Event \d/ }).waitFor();
  await page.reload();
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ at: position, details: "1" });
  await page.getByRole("heading", { name: /^Event \d/ }).waitFor();
  expect(await selected.isVisible()).toBe(true);
  await grid.focus();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("heading", { name: /^Event \d/ }).count()).toBe(0);
  // More changes than browsers let a page write at once: the last one is not lost either.
  await grid.evaluate(async (element) => {
    for (let row = 0; row < 60; row += 1) {
      element.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true }));
      // So that the table is drawn in between.
      await new Promise((resolve) => setTimeout(resolve));
    }
  });
  await page.reload();
  await expect.poll(() => page.evaluate(() => new URLSearchParams(location.search).get("at"))).toBe(String(Number(position) - 60));
});

pageTest(
  "filters are in the address, the query that is shown opens in GraphiQL, and the file has what is listed",
  async ({ open, stage }) => {
    const run = stage.runs.sample.idleSteal;
    const { page } = await open(`/runs/${run}/log`);
    await page.getByText("Types", { exact: true }).click();
    await page.getByLabel(/^Page stolen/).click();
    await page.keyboard.press("Escape");
    const grid = page.getByRole("grid", { name: "Events that fit the filter" });
    await grid.getByRole("row").nth(1).getByText("Page stolen").waitFor();
    await page.getByLabel("To time (s)").fill("0.0000001");
    await page.keyboard.press("Tab");
    await page.getByText("No event fits this filter").waitFor();
    await page.goto(`${stage.url}/runs/${run}/log?types=PAGE_STOLEN&vm=1&to=20000`);
    await grid.getByRole("row").nth(1).getByText("Page stolen").waitFor();
    const file = (await page.getByRole("link", { name: "CSV" }).getAttribute("href")) ?? "";
    const lines = (await (await fetch(`${stage.url}${file}`)).text()).trim().split("\n");
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.slice(1).every((line) => line.includes("PageStolen"))).toBe(true);
    // Oracle of the number of rows and of the order: the file, which is written from the oldest event on.
    await page.getByText(`${(lines.length - 1).toLocaleString("en")} events`, { exact: true }).waitFor();
    const [oldest = "", newest = ""] = [lines[1], lines.at(-1)].map((line) => Number(line?.split(",")[0]).toLocaleString("en"));
    await page.getByLabel("Order").selectOption("newest");
    await grid.getByRole("row").nth(1).getByText(newest, { exact: true }).waitFor();
    await grid.focus();
    await page.keyboard.press("End");
    await grid.getByRole("row", { selected: true }).getByText(oldest, { exact: true }).waitFor();
    await expect.poll(() => page.url()).toContain(`at=${oldest.replaceAll(",", "")}`);
    await page.reload();
    await grid.getByRole("row", { selected: true }).getByText(oldest, { exact: true }).waitFor();
    const href = (await page.getByRole("link", { name: "Open in GraphiQL" }).getAttribute("href")) ?? "";
    const given = new URLSearchParams(href.split("#")[1]);
    const answer = await fetch(`${stage.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: given.get("query"), variables: JSON.parse(given.get("variables") ?? "") as unknown }),
    });
    const { data } = (await answer.json()) as { data: { run: { events: { nodes: { type: string }[] } } } };
    expect(data.run.events.nodes).toHaveLength(Math.min(200, lines.length - 1));
    await page.goto(`${stage.url}/runs/${run}/log?names=frame 300&fromTime=0.1`);
    await page.getByText(/^\d+ events$/).waitFor();
    const listed = Number((await page.getByText(/^\d+ events$/).textContent())?.split(" ")[0]);
    const byFrame = (await page.getByRole("link", { name: "JSON lines" }).getAttribute("href")) ?? "";
    expect((await (await fetch(`${stage.url}${byFrame}`)).text()).trim().split("\n")).toHaveLength(listed);
  },
);

pageTest("decisions are listed with reason and figures, and lead to their event", async ({ open, stage }) => {
  const { page } = await open(`/runs/${stage.runs.sample.idleSteal}/log`);
  await page.getByRole("link", { name: "Decisions" }).click();
  const grid = page.getByRole("grid", { name: "Decisions of the policy" });
  await grid
    .getByText(/^steal [\d,]+ pages? of VM/)
    .first()
    .click();
  await page.getByRole("heading", { name: "Policy decided" }).waitFor();
  expect(new URL(page.url()).searchParams.get("tab")).toBe("decisions");
});

pageTest("the table of events has no violation that axe-core finds, narrow and dark, with its details", async ({ open, stage }) => {
  const { page } = await open(`/runs/${stage.runs.sample.idleSteal}/log?at=300&details=1`, {
    width: 768,
    height: 1024,
    colorScheme: "dark",
  });
  await page.getByRole("list", { name: /Chain of causes/ }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(width).toBeLessThanOrEqual(0);
});
