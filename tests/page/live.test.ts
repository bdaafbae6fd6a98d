import { expect } from "vitest";
import { axeViolations, pageTest } from "./open-page.ts";

pageTest("a run is started by keyboard from the form, and a wrong value is shown at its field", async ({ stage, open }) => {
  const { page } = await open("/live?scenario=two-level");
  const frames = page.getByLabel("framePages", { exact: true });
  await frames.focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("0");
  const field = page.locator(".form-field", { has: frames });
  await field
    .getByRole("alert")
    .getByText(/must be a whole number of pages/)
    .waitFor();
  expect(await frames.getAttribute("aria-invalid")).toBe("true");
  await page.getByRole("status").getByText("1 problem to solve first").waitFor();
  await frames.focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("9");
  await expect.poll(() => field.getByRole("alert").count()).toBe(0);
  await page.getByLabel("Start paused").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${stage.url}/runs/*`);
  await page.getByText("paused", { exact: true }).waitFor();
});

pageTest("the JSON view and the form show the same scenario, and text that is no JSON says where", async ({ open }) => {
  const { page } = await open("/live?scenario=two-level&view=json");
  const text = page.getByLabel(/The scenario as JSON/);
  await text.waitFor();
  const scenario = JSON.parse(await text.inputValue()) as { vms: unknown[] };
  await text.fill('{\n  "name": "x",\n}');
  await page.getByText(/line 3, column 1/).waitFor();
  await text.fill(JSON.stringify({ ...scenario, name: "changed", vms: [...scenario.vms, scenario.vms[0]] }));
  await page.getByRole("button", { name: "Form", exact: true }).click();
  expect(await page.getByLabel("name", { exact: true }).first().inputValue()).toBe("changed");
  await page.getByText("vms (3)").waitFor();
  await page.getByText("3. vm-1").click();
  await page.getByRole("button", { name: "Duplicate 3. vm-1", exact: true }).click();
  await page.getByText("4. vm-1 copy").waitFor();
  await page.getByRole("button", { name: "JSON" }).click();
  expect((JSON.parse(await text.inputValue()) as { vms: unknown[] }).vms).toHaveLength(4);
});

pageTest("the form has no violation that axe-core finds, wide and dark, and narrow", async ({ open }) => {
  for (const options of [{ colorScheme: "dark" }, { width: 768, height: 1024 }] as const) {
    const { page } = await open("/live?scenario=ballooning-four-pages", options);
    await page.getByText("vms (2)").waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
});
