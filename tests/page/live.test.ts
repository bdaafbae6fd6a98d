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

/** A run that does nothing by itself: it waits for commands. */
const WAITING = {
  name: "commanded",
  host: { framePages: 8 },
  sampleNs: 0,
  vms: [
    {
      name: "guest",
      configuredPages: 4,
      kernelPages: 0,
      balloon: { capFraction: 1 },
      processes: [{ name: "work", virtualPages: 4, workload: { kind: "interactive" } }],
    },
  ],
  policy: "no-reclaim",
};

pageTest("a live run is touched, ballooned, paused, stepped and stopped, and a command leads to its event", async ({ stage, open }) => {
  const run = await startRun(stage.url, WAITING);
  const { page } = await open(`/runs/${run}?page=virtual:1:1:3`);
  const live = page.getByRole("region", { name: "Live" });
  await live.getByRole("button", { name: "Touch this page" }).waitFor();
  await expect.poll(() => live.getByLabel("Virtual page").inputValue()).toBe("3");
  await live.getByRole("button", { name: "Touch this page" }).click();
  // Events 1 to 5 begin the run, the VM and its process; the sixth is the first command.
  await live.getByText("Event 6.").waitFor();
  await live.getByRole("link", { name: "Show this moment" }).click();
  expect(new URL(page.url()).searchParams.get("at")).toBe("6");

  await live.getByLabel("Virtual page").fill("4");
  await live.getByRole("button", { name: "Touch this page" }).click();
  await live.getByRole("alert").getByText("the virtual page must be a whole number from 0 to 3, not 4").waitFor();

  await live.getByRole("slider", { name: "Balloon target of guest" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Tab");
  await live.getByText("size 1 page", { exact: false }).waitFor();

  await live.getByRole("button", { name: "Pause", exact: true }).click();
  await live.getByRole("button", { name: "Resume" }).waitFor();
  await live.getByRole("button", { name: "Step", exact: true }).click();
  await live.getByRole("button", { name: "Pause", exact: true }).waitFor();

  await live.getByRole("button", { name: "Stop the run" }).click();
  await live.getByRole("button", { name: "Stop it for good" }).click();
  await live.waitFor({ state: "detached" });
  await page.getByText("stopped", { exact: true }).first().waitFor();
});

async function startRun(url: string, json: object): Promise<string> {
  const query = "mutation ($json: Json!) { startRun(input: { scenario: { json: $json } }) { ... on RunPayload { run { id } } } }";
  const body = JSON.stringify({ query, variables: { json } });
  const response = await fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const { data } = (await response.json()) as { data: { startRun: { run: { id: string } } } };
  return data.startRun.run.id;
}
