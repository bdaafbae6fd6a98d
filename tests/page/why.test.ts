import { expect } from "vitest";
import { axeViolations, pageTest } from "./open-page.ts";

pageTest("from the start page, four clicks lead to why a page was stolen, down to the access that began it", async ({ stage, open }) => {
  const { page } = await open("/");
  await page.getByRole("link", { name: /Watch memory move/ }).click();
  await page.getByRole("heading", { name: "Host frames" }).waitFor();
  // The newest experiment is the sample for a new user; here other tests make others.
  await page.goto(`${stage.url}/runs/${stage.runs.sample.idleSteal}`);
  await page.getByRole("link", { name: "Why", exact: true }).click();
  await page
    .getByRole("table")
    .getByRole("link", { name: /^Real page/ })
    .first()
    .click();
  const answer = page.locator(".why-answer");
  await answer.getByText(/was stolen at .* Reason: “is most idle”/).waitFor();
  expect(await answer.textContent()).toMatch(/Its frame \d+ was (zeroed and )?given to real page \d+ of VM/);
  await page
    .getByRole("button", { name: /^Why\? Page stolen/ })
    .first()
    .click();
  const causes = page.getByRole("list", { name: "Chain of causes, nearest first" });
  await causes.getByText("The policy decided to free memory.").first().waitFor();
  expect(await causes.getByRole("listitem").count()).toBeGreaterThan(3);
});

pageTest(
  "a story is in its address: page, moment, order and what is opened; frames and pages lead to each other",
  async ({ open, stage }) => {
    const { page } = await open(`/runs/${stage.runs.sample.idleSteal}/why`);
    await page.getByRole("table").getByRole("link").first().click();
    await page.getByRole("button", { name: "Oldest first" }).click();
    await page
      .getByRole("button", { name: /^Why\?/ })
      .first()
      .click();
    await page.getByRole("list", { name: /Chain of causes/ }).waitFor();
    const title = (await page.getByRole("heading", { name: /^The life of real page/ }).textContent()) ?? "";
    await expect.poll(() => new URL(page.url()).search).toMatch(/page=real.*at=\d+.*order=oldest.*open=\d+/);
    await page.reload();
    await page.getByRole("heading", { name: title }).waitFor();
    await page.getByRole("list", { name: /Chain of causes/ }).waitFor();
    await page
      .locator(".why-answer")
      .getByRole("link", { name: /^frame/ })
      .click();
    await page.getByRole("heading", { name: /^The life of frame/ }).waitFor();
    await page
      .locator(".why-answer")
      .getByText(/was taken from real page/)
      .waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: title }).waitFor();
  },
);

pageTest("a page is named and its story walked by keyboard alone", async ({ open, stage }) => {
  const { page } = await open(`/runs/${stage.runs.sample.idleSteal}/why?at=500`);
  await page.getByLabel("Kind").focus();
  await page.keyboard.press("f");
  await page.keyboard.press("Tab");
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "The life of frame 3" }).waitFor();
  const toggle = page.locator(".story-toggle").first();
  await toggle.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("list", { name: /Chain of causes/ }).waitFor();
  await page.keyboard.press("ArrowDown");
  expect(await toggle.evaluate((element) => element === document.activeElement)).toBe(false);
});

pageTest("the story has no violation that axe-core finds, narrow and dark", async ({ open, stage }) => {
  const { page } = await open(`/runs/${stage.runs.sample.idleSteal}/why`, { width: 768, height: 1024, colorScheme: "dark" });
  await page.getByRole("table").getByRole("link").first().click();
  await page
    .getByRole("button", { name: /^Why\?/ })
    .first()
    .click();
  await page.getByRole("list", { name: /Chain of causes/ }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(width).toBeLessThanOrEqual(0);
});
