import { buffer } from "node:stream/consumers";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { axeViolations, pageTest } from "./open-page.ts";

pageTest("curves are chosen by mouse, read by keys, and restored by their address", async ({ open }) => {
  const { page } = await open("/curves?trace=true&policies=lru,opt");
  const chart = page.getByRole("slider", { name: "Miss ratio curves of true" });
  await chart.waitFor();
  await page.getByRole("switch", { name: "fifo", exact: true }).check();
  await page.getByRole("row", { name: /^fifo/ }).waitFor();
  await page.getByLabel("Size of a VM to mark").fill("64");
  await page.getByRole("columnheader", { name: "misses with the VM's 64" }).waitFor();
  await chart.focus();
  await page.keyboard.press("Home");
  await page.getByRole("columnheader", { name: "misses with 1 frames" }).waitFor();
  await page.keyboard.press("End");
  // With a frame for each page only the first reference to it misses, under every algorithm.
  await expect
    .poll(() => chart.getAttribute("aria-valuetext"))
    .toMatch(/^memory \(frames of 4 KiB\) 139, lru (0\.\d+), opt .* \1, fifo \1$/);
  expect(
    await page
      .getByRole("row", { name: /^(lru|opt|fifo)/ })
      .locator("td:nth-child(2)")
      .allTextContents(),
  ).toEqual(["139", "139", "139"]);
  await expect.poll(() => new URL(page.url()).search).toBe("?trace=true&policies=lru%2Copt%2Cfifo&size=64&frames=139");
  await page.reload();
  await page.getByRole("columnheader", { name: "misses with 139 frames" }).waitFor();
});

pageTest("the part of a chart that is zoomed into is in the address, which restores it and brings back the whole", async ({ open }) => {
  const { page } = await open("/curves?trace=true&policies=lru&x=linear&frames=20");
  const chart = page.getByRole("slider", { name: "Miss ratio curves of true" });
  await chart.focus();
  const zoom = async (): Promise<string | null> => await page.evaluate(() => new URL(location.href).searchParams.get("zoom"));
  const steps = await page.evaluate(() => history.length);
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  // Oracle: of 1 to 139 frames a quarter, about the size that is read out.
  const at = Number(/\d+(?=,)/.exec((await chart.getAttribute("aria-valuetext")) ?? "")?.[0]);
  const about = (part: number): string => `${Math.round(at - (at - 1) * part)},${Math.round(at + (139 - at) * part)}`;
  await expect.poll(zoom).toBe(about(1 / 4));
  await page.reload();
  await chart.focus();
  await page.keyboard.press("-");
  // From what was restored, which had whole numbers; from the whole it would be the whole.
  const [from = 0, to = 0] = about(1 / 4)
    .split(",")
    .map(Number);
  await expect.poll(zoom).toBe(`${at - 2 * (at - from)},${at + 2 * (to - at)}`);
  await chart.dblclick();
  await expect.poll(zoom).toBe(null);
  expect(await page.evaluate(() => history.length)).toBe(steps);
  await page.goto(page.url().replace(/\?.*/, "?trace=true&policies=lru&x=linear&frames=20&zoom=9000,9999"));
  await chart.focus();
  await page.keyboard.press("+");
  // There is nothing at what the address names: the whole was shown.
  await expect.poll(zoom).toBe(about(1 / 2));
});

pageTest("what the curves show can be taken along as CSV and as a picture", async ({ open }) => {
  const { page } = await open("/curves?trace=true&policies=lru");
  await page.getByRole("slider").waitFor();
  const lines = (await download(page, "CSV")).toString().split("\n");
  expect([lines[0], lines.at(-2)]).toEqual(["policy,frames,misses,missRatio", expect.stringMatching(/^lru,139,139,0\.\d+$/)]);
  expect((await download(page, "PNG")).subarray(1, 4).toString()).toBe("PNG");
});

async function download(page: Page, button: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  return await buffer(await file.createReadStream());
}

pageTest("an algorithm that does not exist is refused with those that do", async ({ open }) => {
  const { page } = await open("/curves?trace=true&policies=lru,lifo");
  const alert = page.getByRole("alert");
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(/lifo.*sieve/);
});

pageTest("the curves have no violation that axe-core finds, narrow and dark", async ({ open }) => {
  const { page } = await open("/curves?trace=true&policies=lru,opt&shards=0.5&size=64", { width: 820, height: 1100, colorScheme: "dark" });
  await page.getByRole("slider").waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "As a table" }).click();
  await page.getByRole("region", { name: "Miss ratio curves of true" }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
});
