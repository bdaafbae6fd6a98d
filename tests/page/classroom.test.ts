import { expect } from "vitest";
import { TOURS } from "../../packages/web/src/classroom/tours/all-tours.ts";
import { axeViolations, pageTest } from "./open-page.ts";

pageTest("Belady's pair is one click away: 9 faults with three frames, 10 with four", async ({ open }) => {
  // Oracle: Belady, Nelson and Shedler 1969.
  const { page } = await open("/classroom/replacement");
  await page.getByRole("link", { name: "Belady's anomaly" }).click();
  await page.getByText("first in, first out, 3 frames: 9 faults, 3 hits").waitFor();
  await page.getByText("first in, first out, 4 frames: 10 faults, 2 hits").waitFor();
  await page.getByLabel("Reference string").fill("1 <2>");
  await page.getByText('"<2>" is no page').waitFor();
});

pageTest("a grid is stepped through by keys, and predicted before it is shown", async ({ open }) => {
  // Oracle: with one frame of a FIFO, a b a has three faults, whose victims are none, a, b.
  const { page } = await open("/classroom/replacement?refs=a+b+b&frames=1&algorithms=fifo&step=0");
  await page.getByText("0 of 3 references").waitFor();
  await page.keyboard.press("ArrowRight");
  await page.getByText("1 of 3 references").waitFor();
  await page.getByText("1 fault, 0 hits so far").waitFor();
  await page.getByLabel("Predict first").check();
  await page.getByRole("heading", { name: "Page replacement" }).click();
  await page.keyboard.press("f");
  await page.getByRole("status").getByText("Right: a is a fault, and a frame is free. (1 of 1 right)").waitFor();
  // The cell of the frame is an answer, and so is the number of the frame.
  await page.getByRole("button", { name: "Frame 0: a fault, and a leaves" }).click();
  await page.getByText("Right: b is a fault, and a leaves. (2 of 2 right)").waitFor();
  await page.getByRole("button", { name: "Frame 0: a hit" }).waitFor();
  await page.getByRole("button", { name: "Fault" }).click();
  await page.getByText("No: b is in a frame, a hit. (2 of 3 right)").waitFor();
  await page.getByText("That was the last reference: 2 of 3 right.").waitFor();
});

pageTest("a seed asks two browsers the same, and an answer is checked and revealed", async ({ open }) => {
  const path = "/classroom/exercises?seed=7";
  const [one, other] = [await open(path), await open(path)];
  const questions = async ({ page }: typeof one): Promise<string> => {
    await page.getByRole("heading", { name: /Translate/ }).waitFor();
    await page.getByRole("heading", { name: /Choose/ }).waitFor();
    return await page.locator("main").innerText();
  };
  expect(await questions(one)).toBe(await questions(other));
  const { page } = one;
  const count = page.getByRole("region", { name: "1. Count the faults" });
  const victim = page.getByRole("region", { name: "2. Choose the victim" });
  await victim.getByRole("button", { name: /^Frame 0: a fault/ }).click();
  await victim.getByText(/^(Right\.|Not yet: look again, or reveal\.)$/).waitFor();
  await count.getByRole("button", { name: "Reveal" }).click();
  const faults = /(\d+) fault/.exec(await count.locator("caption").innerText())?.[1] ?? "";
  await count.getByLabel("Number of faults").fill("99");
  await count.getByRole("button", { name: "Check" }).click();
  await count.getByText("Not yet").waitFor();
  await count.getByLabel("Number of faults").fill(faults);
  await page.keyboard.press("Enter");
  await count.getByText("Right.").waitFor();
  await page.getByRole("link", { name: "Reveal all answers" }).click();
  await page.getByRole("link", { name: "Walk through it step by step" }).waitFor();
  await page.getByRole("link", { name: "Next: seed 8" }).click();
  await page.getByRole("heading", { name: "Exercises, seed 8" }).waitFor();
});

pageTest("each tour is walked to its end by keys, every step finds its event, and one run serves all", async ({ stage, open }) => {
  const { page } = await open("/classroom/tours/one-level");
  for (const { name, steps } of TOURS) {
    await page.goto(`${stage.url}/classroom/tours/${name}`);
    for (const [index, { say }] of steps.entries()) {
      const step = page.getByRole("region", { name: `Step ${index + 1} of ${steps.length}` });
      await step.getByRole("link", { name: "Open this moment" }).waitFor();
      expect(await step.innerText()).toContain(say);
      await page.keyboard.press("ArrowRight");
    }
    await expect.poll(() => new URL(page.url()).searchParams.get("step")).toBe(String(steps.length));
  }
  // Oracle: the lecture's figure 3.27: at the end green is back in a physical page, dark blue is not.
  const physical = page.getByRole("table", { name: "Physical memory" });
  await expect.poll(() => physical.locator(".page-green").count()).toBe(1);
  expect(await physical.locator(".page-dark-blue").count()).toBe(0);
  const first = await page.getByRole("link", { name: "Open this moment" }).getAttribute("href");
  const again = await open("/classroom/tours/ballooning?step=14");
  expect(await again.page.getByRole("link", { name: "Open this moment" }).getAttribute("href")).toBe(first);
  // The reader's list leaves the runs of the classroom out unless it is asked for them.
  await page.goto(`${stage.url}/runs?search=two-level`);
  const listed = page.getByRole("table");
  await listed.waitFor();
  expect(await listed.locator(".run-label").count()).toBe(0);
  await page.getByLabel("Started by").selectOption("tour");
  await listed.locator(".run-label").getByText("tour", { exact: true }).waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get("label")).toBe("tour");
});

pageTest("the classroom has no violation that axe-core finds, narrow and dark", async ({ stage, open }) => {
  const screens = [
    ["/classroom", "Guided tours"],
    ["/classroom/replacement", "first in, first out, 3 frames"],
    ["/classroom/exercises?seed=1&reveal=1", "Walk through it"],
    ["/classroom/tours/ballooning?step=6", "Physical memory"],
    ["/classroom/tours/overcommitment?step=7", "Promised"],
  ] as const;
  const { page } = await open("/", { width: 768, height: 1024, colorScheme: "dark" });
  for (const [path, text] of screens) {
    await page.goto(`${stage.url}${path}`);
    await page.getByText(text).first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
});
