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
  const written = (): Promise<{ name: string; vms: unknown[] }> =>
    text.inputValue().then((json) => JSON.parse(json) as { name: string; vms: unknown[] });
  expect((await written()).vms).toHaveLength(4);
  await page.reload();
  await text.waitFor();
  expect(await written()).toMatchObject({ name: "changed", vms: { length: 4 } });
  await page.getByRole("button", { name: "Discard the draft" }).click();
  await page.getByText("As bundled.", { exact: false }).waitFor();
  expect(await written()).toEqual(scenario);
  await page.evaluate(() => sessionStorage.setItem("ballast-drafts", "{"));
  await page.reload();
  await page.getByText("could not be read, and was dropped", { exact: false }).waitFor();
  expect(await written()).toEqual(scenario);
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
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("ArrowRight");
  await live.getByText("target 3 pages (12.0 KiB) pending, was 0 pages").waitFor();
  await page.keyboard.press("Tab");
  await live.getByText("size 3 pages", { exact: false }).waitFor();
  // Oracle: three presses are one command.
  expect((await commandsOf(stage.url, run)).filter((text) => text.includes("setBalloonTarget"))).toHaveLength(1);

  await live.getByRole("button", { name: "Pause", exact: true }).click();
  await live.getByRole("button", { name: "Resume" }).waitFor();
  await live.getByRole("button", { name: "Step", exact: true }).click();
  await live.getByRole("button", { name: "Pause", exact: true }).waitFor();

  await live.getByRole("button", { name: "Stop the run" }).click();
  await live.getByRole("button", { name: "Stop it for good" }).click();
  await live.waitFor({ state: "detached" });
  await page.getByText("stopped", { exact: true }).first().waitFor();
});

pageTest("a click touches a page while that is chosen, by mouse and by keys, and what came of it is shown", async ({ stage, open }) => {
  const run = await startRun(stage.url, WAITING);
  const { page } = await open(`/runs/${run}`);
  const answer = page.locator(".click-touch");
  await page.getByRole("radio", { name: "loads from it" }).check();
  await answer.getByText("A click loads from the page.").waitFor();
  await page.getByRole("button", { name: /^virtual page 2 of process 1/ }).click();
  // Oracle: docs/machine, "One access": an untouched page misses in both tables.
  await answer.getByText("page miss (guest fault), a host fault").waitFor();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("t");
  await answer.getByText("A click stores to the page.").waitFor();
  const frames = page.getByRole("application", { name: /^Host frames: 8 pages.*space stores to it/ });
  await frames.focus();
  await page.keyboard.press("Space");
  await answer.getByText("Virtual page 2 of process 1 in guest: a hit.").waitFor();
  await page.keyboard.press("End");
  await page.keyboard.press("Space");
  await answer.getByText("Frame 7 is free: no page leads to it.", { exact: false }).waitFor();
  // Oracle: what cannot be touched makes no command.
  expect(await commandsOf(stage.url, run)).toHaveLength(2);
  expect(await axeViolations(page)).toEqual([]);
  await answer.getByRole("button", { name: "Select again" }).click();
  await page.getByRole("application", { name: /^Host frames.*space selects/ }).click({ position: { x: 5, y: 5 } });
  await expect.poll(() => new URL(page.url()).searchParams.get("page")).toBe("frame:0");
});

/** What was accepted of a run, as text. */
async function commandsOf(url: string, run: string): Promise<string[]> {
  const query = "query ($run: ID!) { run(id: $run) { events(filter: { types: [COMMAND_ACCEPTED] }) { nodes { text } } } }";
  const body = JSON.stringify({ query, variables: { run } });
  const response = await fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const { data } = (await response.json()) as { data: { run: { events: { nodes: { text: string }[] } } } };
  return data.run.events.nodes.map(({ text }) => text);
}

async function startRun(url: string, json: object): Promise<string> {
  const query = "mutation ($json: Json!) { startRun(input: { scenario: { json: $json } }) { ... on RunPayload { run { id } } } }";
  const body = JSON.stringify({ query, variables: { json } });
  const response = await fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const { data } = (await response.json()) as { data: { startRun: { run: { id: string } } } };
  return data.startRun.run.id;
}
