import { expect } from "vitest";
import { axeViolations, pageTest } from "./open-page.ts";

pageTest(
  "runs of one seed go to their first difference, which says what each policy decided, and its address leads back",
  async ({ stage, open }) => {
    const { idleSteal, ballooning } = stage.runs.sample;
    const { page } = await open(`/side-by-side?runs=${idleSteal},${ballooning}`);
    await page.getByRole("button", { name: "Go to the first difference" }).click();
    const sentence = page.getByRole("region", { name: "The first difference" }).locator("p").first();
    await sentence.waitFor();
    expect(await sentence.textContent()).toMatch(
      /^After [\d,]+ equal events idle-steal decided at .* to steal .* and ballooning decided at .* to set the balloon target/,
    );
    await expect.poll(() => new URL(page.url()).search).toMatch(/difference=1&at=\d+%2C\d+&t=\d+$/);
    await page.reload();
    await sentence.waitFor();
    await page
      .getByText(/^Memory at position/)
      .nth(1)
      .waitFor();
    expect(await axeViolations(page)).toEqual([]);
  },
);

pageTest("one timeline moves all runs by keys, and plays them", async ({ stage, open }) => {
  const [first, , , fourth] = stage.runs.small.runs;
  const { page } = await open(`/side-by-side?runs=${first},${fourth}`, { width: 820, height: 1100, colorScheme: "dark" });
  const [one, other] = [page.getByRole("region", { name: /^random-steal/ }), page.getByRole("region", { name: /^idle-steal/ })];
  await one.getByText("Memory at position").waitFor();
  const timeline = page.getByRole("slider", { name: /^Simulated time/ });
  await timeline.focus();
  await page.keyboard.press("End");
  const text = (run: typeof one): Promise<string | null> => run.getByText("Memory at position").textContent();
  await expect.poll(() => text(one), { timeout: 10_000 }).not.toMatch(/position 0/);
  await expect.poll(() => text(other), { timeout: 10_000 }).not.toMatch(/position 0/);
  const atEnd = await text(one);
  // From the end on, playing begins at the beginning.
  await page.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => text(one), { timeout: 10_000 }).not.toBe(atEnd);
  await page.getByRole("button", { name: "Pause" }).click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await axeViolations(page)).toEqual([]);
});

pageTest("runs of two seeds are shown, and have no first difference", async ({ stage, open }) => {
  const [first, second] = stage.runs.small.runs;
  const { page } = await open(`/side-by-side?runs=${first},${second}&difference=1`);
  await page.getByRole("alert").waitFor();
  expect(await page.getByRole("alert").textContent()).toMatch(/seed/);
  const empty = await open("/side-by-side");
  await empty.page.getByText("No runs are chosen").waitFor();
});
