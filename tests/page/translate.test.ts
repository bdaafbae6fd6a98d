import { expect } from "vitest";
import { axeViolations, pageTest } from "./open-page.ts";

/** A page of the sample's archive, which is read at the beginning and stolen later, in these words of the address. */
const PAGE = "vm=1&process=2&vpage=24";

async function translated(url: string, run: string, at: number) {
  const query = `query ($run: ID!, $at: BigInt!) {
    run(id: $run) { at(at: { position: $at }) { translate(vm: 1, process: 2, virtualPage: 24) { outcome walkReferences steps { found } } } } }`;
  const answer = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables: { run, at: String(at) } }),
  });
  type Steps = { readonly outcome: string; readonly walkReferences: number; readonly steps: readonly { readonly found: number | null }[] };
  return ((await answer.json()) as { data: { run: { at: { translate: Steps } } } }).data.run.at.translate;
}

pageTest("a reader predicts each step, by keyboard, and is told what was right", async ({ open, stage }) => {
  const run = stage.runs.sample.idleSteal;
  const { steps, walkReferences } = await translated(stage.url, run, 1_000);
  const { page } = await open(`/runs/${run}/translate?${PAGE}&at=1000`);
  await page.getByRole("switch", { name: "Predict first" }).focus();
  await page.keyboard.press("Space");
  await page.getByText("Which real page does the page table have for virtual page 24?").waitFor();
  expect(await page.getByText(/references:/).count()).toBe(0);
  await page.getByLabel("Number").fill(String(steps[0]?.found));
  await page.keyboard.press("Enter");
  await page.getByText(`Right: ${steps[0]?.found}.`).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText(/^Which frame does the real map table have/).waitFor();
  // An entry of the table is an answer, too: here the one above the right one.
  const wrong = page.getByRole("row", { name: new RegExp(`^${(steps[0]?.found ?? 0) - 1}\\b`) }).getByRole("button");
  const entry = /^\d+|^no entry/.exec(await wrong.innerText())?.[0] ?? "none";
  await wrong.click();
  await page.getByText(`Not ${entry}: it is ${steps[1]?.found}.`).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("The next step follows from this one.").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "a hit", exact: true }).click();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: String(walkReferences), exact: true }).click();
  await page.keyboard.press("Enter");
  await page.getByText("3 of 4 right so far.").waitFor();
  await page.getByText(`${walkReferences} references`, { exact: false }).first().waitFor();
  expect(await page.locator(".walk td.walk-host, .walk td.walk-guest").count()).toBe(walkReferences);
  await page.getByText("What if?", { exact: false }).click();
  const conditions = page.locator(".walk-conditions li");
  // Oracle: the published counts; the one of this walk is marked.
  expect(
    await conditions
      .locator(".walk-small")
      .evaluateAll((tables) => tables.map((table) => table.querySelectorAll("td.walk-host, td.walk-guest").length)),
  ).toEqual([4, 24, 19, 15]);
  expect(await page.locator(".walk-conditions li[aria-current]").innerText()).toContain(`${walkReferences}:`);
});

pageTest("steps and moments are in the address; the next change of a translation is found", async ({ open, stage }) => {
  const run = stage.runs.sample.idleSteal;
  const { page } = await open(`/runs/${run}/translate?${PAGE}&at=1000&step=1`);
  await page.getByText("Step 1 of 6").waitFor();
  await page.locator("h1").click();
  await page.keyboard.press("ArrowRight");
  await page.getByText(/^The guest page table has virtual page 24/).waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get("step")).toBe("2");
  await page.getByRole("button", { name: "Next change" }).click();
  await page.waitForURL((url) => Number(url.searchParams.get("at")) > 1_000);
  const at = Number(new URL(page.url()).searchParams.get("at"));
  expect((await translated(stage.url, run, at - 1)).outcome).toBe("HIT");
  expect((await translated(stage.url, run, at)).outcome).toBe("HOST_FAULT");
  await page.getByRole("button", { name: "All steps" }).click();
  await page.getByText("trap: from the VM to the hypervisor and back").waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get("step")).toBe("5");
  await page.reload();
  await page.getByText("trap: from the VM to the hypervisor and back").waitFor();
  await page.getByLabel("Virtual page, or address (0x...)").fill("0x1a0ff");
  await page.keyboard.press("Enter");
  await page.getByText("is virtual page 26, offset 255", { exact: false }).waitFor();
  await page.goBack();
  await expect.poll(() => new URL(page.url()).searchParams.get("vpage")).toBe("24");
});

pageTest("the translation has no violation that axe-core finds, dark and narrow", async ({ open, stage }) => {
  const { page } = await open(`/runs/${stage.runs.sample.idleSteal}/translate?${PAGE}&at=1000`, {
    width: 768,
    height: 1024,
    colorScheme: "dark",
  });
  await page.getByText(/^The guest page table has virtual page 24/).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(width).toBeLessThanOrEqual(0);
});
