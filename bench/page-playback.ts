/**
 * The page while it plays a run over and over: its JS heap after a garbage collection, nodes and listeners of its document, and the memory of its process,
 * over time. `node bench/page-playback.ts [minutes] [sample|large] [pictures a second]`; 1 minute of the sample at 20 pictures a second if not given. Fewer
 * pictures than a screen shows leave the processors of a shared machine to others.
 */
import { readFileSync } from "node:fs";
import type { CDPSession, Page } from "playwright-core";
import { findChromium } from "../tests/page/find-chromium.ts";
import { givenArguments, isQuick, printHeading, printRow } from "./measuring/report.ts";
import { LARGE, openStage, type Stage, type StageRun } from "./page/stage.ts";

const [minutes = isQuick ? "0.05" : "1", kind = "sample", picturesPerSecond = "20"] = givenArguments;
/** Rows of the report. */
const READINGS = isQuick ? 1 : Math.max(4, Math.min(60, Math.ceil(Number(minutes))));
const WARM_UP_MS = isQuick ? 500 : 10_000;

const executablePath = findChromium(process.env);
if (executablePath === undefined) console.error("page-playback needs Chromium: there is none on PATH, and CHROMIUM names none.");
else await measure(await openStage(executablePath, kind as StageRun, pageFolder()));

/** A copy of the built page, so that a build in the meantime disturbs nothing. */
function pageFolder(): URL | undefined {
  const { BALLAST_BENCH_PAGE: folder } = process.env;
  return folder === undefined ? undefined : new URL(`file://${folder}/`);
}

async function measure(stage: Stage): Promise<void> {
  const page = await (await stage.browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await limitPictures(page, Number(picturesPerSecond));
  const from = kind === "large" ? LARGE.from : 0;
  printHeading("Page playback", `${kind}, ${stage.head} events, ${picturesPerSecond} pictures/s, ${minutes} minutes`);
  await page.goto(`${stage.url}/runs/${stage.run}?at=${from}&speed=e1000`);
  await page.locator(".map-play[aria-pressed=false]").waitFor();
  await page.evaluate(countPictures);
  const stop = keepPlaying(page, from);
  await page.waitForTimeout(WARM_UP_MS);
  await printMemory(page, session, "begin");
  for (let reading = 1; reading <= READINGS; reading++) {
    await page.waitForTimeout((Number(minutes) * 60_000) / READINGS);
    await printMemory(page, session, `after ${((reading * Number(minutes)) / READINGS).toFixed(1)} minutes`);
  }
  await stop();
  await stage.close();
}

/** A frame of animation only so often. */
async function limitPictures(page: Page, perSecond: number): Promise<void> {
  await page.addInitScript((pauseMs) => {
    const whenPainted = requestAnimationFrame.bind(globalThis);
    let last = 0;
    globalThis.requestAnimationFrame = (callback) => {
      const again = (now: number): void => {
        if (now - last < pauseMs) return void whenPainted(again);
        last = now;
        callback(now);
      };
      return whenPainted(again);
    };
  }, 1_000 / perSecond);
}

/** Counts how often the position in the head of the screen changes. */
function countPictures(): void {
  const counter = globalThis as unknown as { pictures: number };
  counter.pictures = 0;
  new MutationObserver(() => counter.pictures++).observe(document.querySelector(".map-position")!, {
    characterData: true,
    subtree: true,
    childList: true,
  });
}

/** Starts again from a position whenever the end is reached. Returns what ends it. */
function keepPlaying(page: Page, from: number): () => Promise<void> {
  const end = new AbortController();
  const playing = playUntil(page, from, end.signal);
  return async () => {
    end.abort();
    await playing;
  };
}

async function playUntil(page: Page, from: number, end: AbortSignal): Promise<void> {
  const button = page.locator(".map-play");
  while (!end.aborted) {
    if ((await button.getAttribute("aria-pressed")) === "false") {
      if (from > 0) await page.evaluate(goTo, from);
      await button.click();
    }
    await page.waitForTimeout(500);
  }
}

/** As the back button does. */
function goTo(position: number): void {
  history.pushState(null, "", `${location.pathname}?at=${position}&speed=e1000`);
  dispatchEvent(new PopStateEvent("popstate"));
}

async function printMemory(page: Page, session: CDPSession, name: string): Promise<void> {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const metric = (wanted: string): number => metrics.find((each) => each.name === wanted)?.value ?? Number.NaN;
  const pictures = await page.evaluate(() => (globalThis as unknown as { pictures: number }).pictures);
  printRow(name, {
    "JS heap": [metric("JSHeapUsedSize") / 2 ** 20, "MiB"],
    nodes: [metric("Nodes"), ""],
    listeners: [metric("JSEventListeners"), ""],
    process: [(await residentBytes(page)) / 2 ** 20, "MiB"],
    pictures: [pictures, ""],
  });
}

/** Of the page's renderer, its share of what it has in common with other processes included. */
async function residentBytes(page: Page): Promise<number> {
  const browser = await page.context().browser()!.newBrowserCDPSession();
  const { processInfo } = await browser.send("SystemInfo.getProcessInfo");
  await browser.detach();
  const sizes = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => proportionalBytes(id));
  return Math.max(...sizes);
}

/** Linux only. */
function proportionalBytes(pid: number): number {
  const [, kilobytes = "NaN"] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8")) ?? [];
  return Number(kilobytes) * 1_024;
}
