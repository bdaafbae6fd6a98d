import { expect } from "vitest";
import { axeViolations, pageTest } from "./open-page.ts";

pageTest("the start page says what was found, what runs, and leads to three things to try", async ({ stage, open }) => {
  const { page } = await open("/");
  await page.getByRole("heading", { name: "Newest experiment" }).waitFor();
  expect(await page.locator(".first-steps a").count()).toBe(3);
  // Other tests leave runs that wait for commands.
  expect(await page.getByText(/^(Nothing is running\.|\d+ runs? running, \d+ queued\.)/).count()).toBe(1);
  await page.getByRole("link", { name: /Watch memory move/ }).click();
  await page.waitForURL(`${stage.url}/runs/*`);
});

pageTest("the start page and the list of runs have no violation that axe-core finds, light and narrow, and dark", async ({ open }) => {
  for (const path of ["/", "/runs"]) {
    for (const options of [{ width: 768, height: 1024 }, { colorScheme: "dark" }] as const) {
      const { page } = await open(path, options);
      await page.locator("table").first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
    }
  }
});

pageTest("filters of the list of runs are in the address, and the back button leads out of it", async ({ open }) => {
  const { page } = await open("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Runs" }).click();
  await page.getByLabel("Search in scenario").fill("small");
  await expect.poll(() => page.locator("tbody tr").count()).toBe(12);
  await expect.poll(() => new URL(page.url()).search).toBe("?search=small");
  await page.reload();
  await expect.poll(() => page.locator("tbody tr").count()).toBe(12);
  await page.getByLabel("Search in scenario").fill("no run is called this");
  await page.getByText("No run fits these filters").waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: /See memory move/ }).waitFor();
});

pageTest("a run that does not exist says so and leads on", async ({ open }) => {
  const { page } = await open("/runs/999999");
  await page.getByText("There is no run whose id begins with").waitFor();
  expect(await axeViolations(page)).toEqual([]);
});
