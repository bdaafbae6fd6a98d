import type { Page } from "playwright-core";
import { expect } from "vitest";
import { buffer } from "node:stream/consumers";
import { PNG } from "pngjs";
import { axeViolations, pageTest } from "./open-page.ts";

/** The position that the picture shows. */
async function shown(page: Page): Promise<number> {
  return Number((await page.locator(".map-position").textContent())?.replaceAll(",", ""));
}

async function parameters(page: Page): Promise<Record<string, string>> {
  return Object.fromEntries(new URL(page.url()).searchParams);
}

/** As long as anything of a page is waited for. */
function eventually<Value>(read: () => Value | Promise<Value>) {
  return expect.poll(read, { timeout: 15_000 });
}

const HOST = { name: /^Host frames/ };

pageTest("keys step by event, by access, to decisions and to a time, play and pause", async ({ stage, open }) => {
  const { page } = await open(`/runs/${stage.runs.sample.ballooning}?at=20000`);
  await eventually(() => shown(page)).toBe(20_000);
  await page.keyboard.press("ArrowRight");
  await eventually(() => shown(page)).toBe(20_001);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await eventually(() => shown(page)).toBe(19_999);
  await page.keyboard.press("Shift+ArrowRight");
  await eventually(() => shown(page)).toBeGreaterThan(19_999);
  const decisions = await decisionsOf(stage.url, stage.runs.sample.ballooning);
  const at = await shown(page);
  await page.keyboard.press("]");
  await eventually(() => shown(page)).toBe(decisions.find((position) => position > at));
  await page.keyboard.press("[");
  await eventually(() => shown(page)).toBe(decisions.findLast((position) => position <= at));
  await page.keyboard.press("g");
  await page.getByLabel(/^Position, such as/).fill("9 min");
  await page.keyboard.press("Enter");
  await page.getByText("Write a number, or a time").waitFor();
  await page.getByLabel(/^Position, such as/).fill("100 ms");
  await page.keyboard.press("Enter");
  await eventually(() => shown(page)).toBe(await positionAt(stage.url, stage.runs.sample.ballooning, "100000000"));
  const before = await shown(page);
  await page.keyboard.press(" ");
  await eventually(() => shown(page)).toBeGreaterThan(before);
  await page.keyboard.press(" ");
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("heading", { name: "Keys of this screen" }).waitFor();
});

pageTest("dragging on the timeline shows the run at the time under the pointer, and the wheel zooms about it", async ({ stage, open }) => {
  const run = stage.runs.sample.ballooning;
  const { page } = await open(`/runs/${run}?at=1000`);
  await eventually(() => shown(page)).toBe(1_000);
  const box = (await page.locator(".map-scrubber").boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 30, { steps: 8 });
  await page.mouse.move(box.x + box.width * 0.92, box.y + 30, { steps: 8 });
  await page.mouse.up();
  const { headTimeNs } = await headOf(stage.url, run);
  const timeNs = Math.round(0.92 * headTimeNs);
  const [low, high] = [await positionAt(stage.url, run, String(timeNs - 1e6)), await positionAt(stage.url, run, String(timeNs + 1e6))];
  await eventually(() => shown(page)).toBeGreaterThanOrEqual(low);
  expect(await shown(page)).toBeLessThanOrEqual(high);
  await page.mouse.wheel(0, -400);
  await eventually(async () => (await parameters(page))["to"]).toBeDefined();
  const { from, to, at } = await parameters(page);
  expect(Number(from)).toBeLessThan(timeNs);
  expect(Number(to)).toBeGreaterThan(timeNs);
  expect(Number(at)).toBe(await shown(page));
  await page.getByRole("button", { name: "Whole run" }).click();
  await eventually(async () => (await parameters(page))["from"]).toBeUndefined();
});

pageTest(
  "a frame that is pointed at lights its real page, and a real page its frame; a click holds it and leads on",
  async ({ stage, open }) => {
    const { page } = await open(`/runs/${stage.runs.sample.idleSteal}?at=12000`);
    const host = page.getByRole("application", HOST);
    await host.locator("canvas").waitFor();
    await host.hover({ position: { x: 105, y: 45 } });
    const mark = host.locator(".map-mark-pointed");
    const frame = Number(await mark.getAttribute("data-cell"));
    const { vm, realPage } = await frameOf(stage.url, stage.runs.sample.idleSteal, 12_000, frame);
    const ofVm = page
      .locator(".map-vms .map-panel")
      .nth(vm - 1)
      .getByRole("application");
    await eventually(() => ofVm.locator(".map-mark-pointed").getAttribute("data-cell")).toBe(String(realPage));
    await page.getByText(/⇄ virtual page/).waitFor();
    await host.click({ position: { x: 105, y: 45 } });
    await page.getByRole("complementary", { name: "Selected page" }).getByText(`Frame ${frame}`).waitFor();
    expect((await parameters(page))["page"]).toBe(`frame:${frame}`);
    await page.getByRole("complementary").getByRole("link", { name: "Why?" }).click();
    await page.waitForURL(`**/why?page=frame%3A${frame}&at=12000`);
    await page.goBack();
    await page.getByRole("complementary").getByText(`Frame ${frame}`).waitFor();
    await page.goBack();
    await eventually(() => page.getByRole("complementary").count()).toBe(0);
  },
);

pageTest("the legend filters, colours change, and the address brings all of it back", async ({ stage, open }) => {
  const { page } = await open(`/runs/${stage.runs.sample.ballooning}?at=20000&page=real:1:300`);
  const legend = page.getByRole("group", { name: /^Legend/ });
  await page.getByRole("button", { name: "by state" }).click();
  const balloon = legend.getByRole("button", { name: /^B?balloon/ });
  await balloon.click();
  const picture = () =>
    page
      .locator(".map-grid-canvas")
      .first()
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  await eventually(() => parameters(page)).toEqual({ at: "20000", page: "real:1:300", colours: "state", only: "balloon" });
  const dimmed = await picture();
  await page.reload();
  await eventually(() => balloon.getAttribute("aria-pressed")).toBe("true");
  await page.getByRole("complementary", { name: "Selected page" }).getByText("Real page 300 of archive").waitFor();
  await eventually(picture).toEqual(dimmed);
  await balloon.click();
  await eventually(picture).not.toEqual(dimmed);
  await page.goBack();
  await eventually(() => balloon.getAttribute("aria-pressed")).toBe("true");
});

pageTest(
  "idle ages and dirty pages are coloured by keys, filtered and restored by the address; the server has the counts",
  async ({ stage, open }) => {
    const run = stage.runs.sample.ballooning;
    const { page } = await open(`/runs/${run}?at=20000&colours=state&page=real:1:300`);
    const legend = page.getByRole("group", { name: /^Legend/ });
    await legend
      .getByRole("button", { name: /^F?free in its guest|process/ })
      .first()
      .waitFor();
    await page.keyboard.press("c");
    await eventually(async () => (await parameters(page))["colours"]).toBe("idle");
    // The first question starts a thread, which takes long on a machine that is busy.
    await legend.getByText("as of event 20,000", { exact: true }).waitFor({ timeout: 40_000 });
    await page.keyboard.press("c");
    const dirty = legend.getByRole("button", { name: /^D?dirty \d/ });
    await dirty.waitFor();
    const { frames, text } = await activityOf(stage.url, run, 20_000);
    expect(await dirty.textContent()).toMatch(new RegExp(`dirty${frames.toLocaleString("en")}$`));
    await page.getByRole("complementary", { name: "Selected page" }).getByText(text).waitFor();
    await dirty.click();
    await eventually(() => parameters(page)).toEqual({ at: "20000", page: "real:1:300", colours: "dirty", only: "dirty" });
    await page.reload();
    await eventually(() => dirty.getAttribute("aria-pressed")).toBe("true");
    await page.keyboard.press("ArrowRight");
    await legend.getByText("as of event 20,001", { exact: true }).waitFor();
  },
);

pageTest("a grid is walked by keys, and its table says the same in words", async ({ stage, open }) => {
  const { page } = await open(`/runs/${stage.runs.twoLevel}`);
  const host = page.getByRole("application", HOST);
  await host.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await eventually(() => page.locator("[aria-live]").allTextContents()).toContainEqual(expect.stringMatching(/^frame 2: /));
  const { vm, realPage } = await frameOf(stage.url, stage.runs.twoLevel, undefined, 2);
  const lit = page.locator(".map-virtual-lit");
  await eventually(() => lit.getAttribute("aria-label")).toMatch(new RegExp(`^virtual page .* in vm-${vm}: real page ${realPage}$`));
  await page.getByRole("button", { name: "Host frames as a table" }).click();
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "2", exact: true }) });
  expect(await row.textContent()).toContain(vm === null ? "free" : `vm-${vm}`);
  await row.getByRole("link").click();
  await page.waitForURL("**/why?page=frame%3A2&at=*");
});

pageTest("axe-core finds nothing, light and wide, and dark and narrow, where nothing is wider than the window", async ({ stage, open }) => {
  const wide = await open(`/runs/${stage.runs.sample.ballooning}?at=20000&page=frame:12&colours=state`);
  await wide.page.getByRole("complementary").getByRole("link", { name: "Why?" }).waitFor();
  expect(await axeViolations(wide.page)).toEqual([]);
  expect(await wide.page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight)).toBe(true);
  const narrow = await open(`/runs/${stage.runs.sample.ballooning}?at=20000`, { width: 820, height: 1100, colorScheme: "dark" });
  await narrow.page.locator(".map-legend-entry").first().waitFor();
  expect(await axeViolations(narrow.page)).toEqual([]);
  expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});

async function asked<Answer>(url: string, query: string): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: { run: Answer } }).data.run;
}

async function decisionsOf(url: string, run: string): Promise<number[]> {
  const { decisions } = await asked<{ decisions: { nodes: { position: string }[] } }>(
    url,
    `{ run(id: "${run}") { decisions(first: 1000) { nodes { position } } } }`,
  );
  return decisions.nodes.map(({ position }) => Number(position));
}

async function positionAt(url: string, run: string, timeNs: string): Promise<number> {
  const { at } = await asked<{ at: { position: string } }>(url, `{ run(id: "${run}") { at(at: { timeNs: "${timeNs}" }) { position } } }`);
  return Number(at.position);
}

async function headOf(url: string, run: string): Promise<{ headTimeNs: number }> {
  const { headTimeNs } = await asked<{ headTimeNs: string }>(url, `{ run(id: "${run}") { headTimeNs } }`);
  return { headTimeNs: Number(headTimeNs) };
}

type FrameAnswer = { readonly vm: number; readonly realPage: number };

async function frameOf(url: string, run: string, position: number | undefined, frame: number): Promise<FrameAnswer> {
  const at = position === undefined ? "" : `(at: { position: "${position}" })`;
  const { at: moment } = await asked<{ at: { frame: FrameAnswer } }>(
    url,
    `{ run(id: "${run}") { at${at} { frame(physicalPage: ${frame}) { vm realPage } } } }`,
  );
  return moment.frame;
}

pageTest("the map's picture, the events and the trace are stored as files that hold what is shown", async ({ stage, open }) => {
  const { page } = await open(`/runs/${stage.runs.small.runs[0]}`);
  const grids = page.locator(".map-grid-canvas");
  await page
    .getByRole("grid", HOST)
    .or(page.locator("section", { has: grids }))
    .first()
    .waitFor();
  await eventually(() => shown(page)).toBeGreaterThan(0);
  const save = async (entry: string): Promise<Buffer> => {
    await page.getByText("Export", { exact: true }).click();
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: entry, exact: true }).click()]);
    return await buffer(await file.createReadStream());
  };
  // Oracle: the canvases of the page, side by side with a gap around each, below a line of names.
  const sizes = await grids.evaluateAll((all) =>
    all.map((each) => each as HTMLCanvasElement).map(({ width, height }) => [width, height] as const),
  );
  const picture = PNG.sync.read(await save("Map as PNG"));
  expect(sizes.length).toBe(3);
  expect(picture.width).toBe(sizes.reduce((sum, [width]) => sum + width + 16, 16));
  expect(picture.height).toBe(48 + Math.max(...sizes.map(([, height]) => height)));
  expect(new Set(new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.width * picture.height)).size).toBeGreaterThan(4);
  const rows = (await save("Events as CSV")).toString().trimEnd().split("\n");
  expect(rows.length - 1).toBe(await shown(page));
  const trace = JSON.parse((await save("Trace for Perfetto")).toString()) as { traceEvents: { ph: string; ts?: number }[] };
  expect(trace.traceEvents.filter(({ ph }) => ph === "C").length).toBeGreaterThan(10);
});

pageTest(
  "of many VMs the largest have curves by default, others when they are chosen, and the address keeps them",
  async ({ stage, open }) => {
    const { page } = await open(`/runs/${stage.runs.manyVms}?at=10`);
    const list = page.getByRole("list", { name: "VMs with curves" });
    const names = async (): Promise<string> => (await list.getByRole("listitem").allTextContents()).map((name) => name.trim()).join(" ");
    // Oracle: the scenario, whose VMs are the larger the later.
    await eventually(names).toBe("vm-3 vm-4 vm-5 vm-6 vm-7 vm-8 vm-9 vm-10");
    await page.getByText("Curves of 8 of 10 VMs: the largest").waitFor();
    await page.getByText("Choose VMs").click();
    await page.getByRole("checkbox", { name: "vm-9" }).uncheck();
    await page.getByRole("checkbox", { name: "vm-1", exact: true }).check();
    await eventually(names).toBe("vm-1 vm-3 vm-4 vm-5 vm-6 vm-7 vm-8 vm-10");
    await eventually(() => new URL(page.url()).searchParams.get("vms")).toBe("3,4,5,6,7,8,10,1");
    await page.reload();
    await eventually(names).toBe("vm-1 vm-3 vm-4 vm-5 vm-6 vm-7 vm-8 vm-10");
    await page.getByText("Choose VMs").click();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole("radio", { name: "those with the most faults" }).check();
    await page.getByText("Curves of 8 of 10 VMs: those with the most faults").waitFor();
    // The smallest VMs touch the fewest pages.
    await eventually(names).toBe("vm-3 vm-4 vm-5 vm-6 vm-7 vm-8 vm-9 vm-10");
  },
);

/** Dirty frames, and what the card of real page 300 of VM 1 is to say of it. */
async function activityOf(url: string, run: string, position: number): Promise<{ readonly frames: number; readonly text: RegExp }> {
  type Activity = { readonly idleNs: string | null; readonly isDirty: boolean };
  type Answer = {
    readonly at: {
      readonly realPage: { readonly activity: Activity };
      readonly frames: { readonly nodes: { readonly activity: Activity | null }[] };
    };
  };
  let frames = 0;
  for (let first = 0; ; first += 900) {
    const fields = "activity { idleNs isDirty }";
    const query = `{ run(id: "${run}") { at(at: { position: "${position}" }) { realPage(vm: 1, realPage: 300) { ${fields} }
      frames(first: 900, firstPage: ${first}, endPage: ${first + 900}) { nodes { ${fields} } } } } }`;
    const { at } = await asked<Answer>(url, query);
    frames += at.frames.nodes.filter(({ activity }) => activity?.isDirty === true).length;
    if (at.frames.nodes.length < 900) {
      const { idleNs, isDirty } = at.realPage.activity;
      return { frames, text: new RegExp(`${idleNs === null ? "not accessed yet" : "accessed .*"}, ${isDirty ? "dirty" : "clean"}$`) };
    }
  }
}
