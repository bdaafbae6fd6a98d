import { expect } from "vitest";
import { axeViolations, pageTest } from "./open-page.ts";

pageTest("an experiment shows its verdicts first, and one metric after the other by its name", async ({ stage, open }) => {
  const { page } = await open(`/experiments/${stage.runs.small.experiment}`);
  await page.locator(".experiment-verdicts li").nth(1).waitFor();
  expect(await page.getByRole("region", { name: "Verdict" }).locator("p").first().textContent()).toMatch(/slowdown.*seeds/);
  expect(await page.locator(".experiment-verdicts li").count()).toBe(2);
  await page.getByRole("combobox", { name: "Metric" }).selectOption({ label: "work time" });
  await expect.poll(() => new URL(page.url()).search).toBe("?metric=workNs");
  // A row for each variant but the baseline, with the verdict and the interval in words.
  expect(
    await page
      .getByRole("table", { name: /work time compared with random-steal/i })
      .locator("tbody tr")
      .count(),
  ).toBe(2);
  await page.getByRole("button", { name: "As a table" }).first().click();
  const seeds = page.getByRole("region", { name: "work time of each variant and seed" });
  await expect.poll(() => seeds.getByRole("columnheader").allTextContents()).toEqual(["variant", "seed 1", "seed 2", "seed 3"]);
  await page.getByRole("region", { name: "Results" }).getByRole("link", { name: "faults (MIN)" }).click();
  await page.getByRole("table", { name: /^faults \(MIN\) compared with random-steal/ }).waitFor();
  await page.goBack();
  await page.getByRole("table", { name: /work time compared with random-steal/ }).waitFor();
});

pageTest("the cursor of the curves is moved by keys, in all charts, and says what is there", async ({ stage, open }) => {
  const { page } = await open(`/experiments/${stage.runs.small.experiment}?curve=RESIDENT_PAGES&seed=2`);
  const [first, second] = [page.getByRole("slider").nth(0), page.getByRole("slider").nth(1)];
  await first.waitFor();
  await first.focus();
  await page.keyboard.press("Home");
  await expect.poll(() => first.getAttribute("aria-valuetext")).toMatch(/^simulated time \(\w+\) 0\.\d+, random-steal/);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => first.getAttribute("aria-valuenow")).toBe("1");
  expect(await second.getAttribute("aria-valuetext")).toMatch(/idle-steal \d+/);
  const box = await second.boundingBox();
  await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 60);
  await expect.poll(() => first.getAttribute("aria-valuenow")).not.toBe("1");
});

pageTest("two runs of one seed are chosen to be watched side by side, and no run of another", async ({ stage, open }) => {
  const { page } = await open(`/experiments/${stage.runs.small.experiment}`);
  await page.getByLabel("Watch random-steal, seed 2").check();
  expect(await page.getByLabel("Watch idle-steal, seed 1").isDisabled()).toBe(true);
  await page.getByLabel("Watch ballooning, seed 2").check();
  const link = page.getByRole("link", { name: "Watch 2 runs side by side" });
  const [random, ballooning] = [stage.runs.small.runs[1], stage.runs.small.runs[7]];
  expect(await link.getAttribute("href")).toBe(`/side-by-side?runs=${random},${ballooning}`);
});

pageTest("an experiment has no violation that axe-core finds, narrow, and dark", async ({ stage, open }) => {
  for (const options of [{ width: 768, height: 1024 }, { colorScheme: "dark" }] as const) {
    const { page } = await open(`/experiments/${stage.runs.small.experiment}`, options);
    await page.getByRole("slider").first().waitFor();
    await page.getByText("Scenario and parameters").waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
});

pageTest("a comparison is started by the form, shows its progress and then its verdict by itself", async ({ stage, open }) => {
  const { page } = await open("/experiments?scenario=two-level");
  const policy = page.getByRole("switch", { name: "random-steal" });
  await policy.check();
  await page.getByRole("switch", { name: "host-swap" }).check();
  await page.getByLabel("Baseline").selectOption("random-steal");
  await page.getByLabel(/^Seeds/).fill("2");
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole("button", { name: /^Start 3 x 2 runs/ }).click();
  await page.waitForURL(`${stage.url}/experiments/*`);
  await page.getByRole("region", { name: "Results" }).waitFor();
  expect(await page.getByText("baseline", { exact: true }).count()).toBeGreaterThan(0);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Experiments" }).click();
  await page.getByRole("row", { name: /two-level.*random-steal, host-swap/ }).waitFor();
});
