import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { areSameFonts, differenceFromKept, fontWidths, isWritingPictures, writePicture } from "./compare-pictures.ts";
import { type OpenOptions, pageTest, type PageTest } from "./open-page.ts";

/** A view whose picture is kept: its address, what is there once everything is, and what is another one in every test run. */
type View = {
  readonly name: string;
  readonly path: (stage: PageTest["stage"]) => string;
  readonly ready: string;
  readonly options?: OpenOptions;
  readonly hidden?: string;
};

const DARK = { colorScheme: "dark" } as const;
const NARROW = { width: 820, height: 1100 } as const;
const PROJECTOR = { width: 1024, height: 768 } as const;

const memoryPath: View["path"] = ({ runs }) => `/runs/${runs.sample.idleSteal}?at=30000`;

/** What other tests have made since: of another height, too, so that it is not painted over but left out. */
const NEWEST = ".start-columns";

const VIEWS: readonly View[] = [
  { name: "start", path: () => "/", ready: ".first-steps", hidden: NEWEST },
  { name: "start-dark", path: () => "/", ready: ".first-steps", hidden: NEWEST, options: DARK },
  { name: "start-narrow", path: () => "/", ready: ".first-steps", hidden: NEWEST, options: NARROW },
  { name: "memory", path: memoryPath, ready: ".map-event:not(.map-stale)" },
  { name: "memory-dark", path: memoryPath, ready: ".map-event:not(.map-stale)", options: { ...DARK, ...PROJECTOR } },
  { name: "memory-narrow", path: memoryPath, ready: ".map-event:not(.map-stale)", options: NARROW },
  { name: "why", path: ({ runs }) => `/runs/${runs.sample.idleSteal}/why?page=frame:300`, ready: ".why-answer" },
  {
    name: "translate-dark",
    path: ({ runs }) => `/runs/${runs.sample.ballooning}/translate?vm=2&process=1&vpage=300&at=30000`,
    ready: "table tr:nth-child(4)",
    options: DARK,
  },
  { name: "events", path: ({ runs }) => `/runs/${runs.sample.ballooning}/log?at=30000`, ready: "text=Position", options: PROJECTOR },
  {
    name: "experiment",
    path: ({ runs }) => `/experiments/${runs.sample.experiment}`,
    ready: "text=Differences and seeds",
    hidden: ".facts, code",
  },
  {
    name: "experiment-dark",
    path: ({ runs }) => `/experiments/${runs.sample.experiment}`,
    ready: "text=Differences and seeds",
    hidden: ".facts, code",
    options: DARK,
  },
  {
    name: "side-by-side",
    path: ({ runs }) => `/side-by-side?runs=${runs.sample.idleSteal},${runs.sample.ballooning}&t=450000000`,
    ready: "text=Memory at position",
    options: DARK,
  },
  { name: "curves", path: () => "/curves?trace=awk", ready: ".uplot canvas" },
  { name: "new-run", path: () => "/live", ready: "text=Start the run" },
  { name: "classroom", path: () => "/classroom", ready: "text=Exercises" },
  {
    name: "replacement",
    path: () => "/classroom/replacement?refs=1+2+3+4+1+2+5+1+2+3+4+5&frames=3,4&algorithms=fifo",
    ready: "text=10 faults",
  },
  { name: "tour-dark", path: () => "/classroom/tours/ballooning?step=6", ready: "text=Open this moment", options: DARK },
];

/**
 * Oracle: pictures that a person has looked at. `BALLAST_WRITE_PICTURES=1 npx vitest run --project page tests/page/pictures.test.ts`
 * takes them anew: look at each before you commit it.
 */
for (const { name, path, ready, options = {}, hidden = "code" } of VIEWS) {
  pageTest(`the view ${name} looks as it did`, async ({ stage, open, skip }) => {
    const { page } = await open(path(stage), options);
    await page.locator(ready).first().waitFor();
    await page.waitForLoadState("networkidle");
    const widths = await fontWidths(page);
    if (!isWritingPictures && !areSameFonts(widths)) return skip("the pictures were taken with other fonts than this machine has");
    await page.locator(hidden).evaluateAll((elements) => {
      // The content security policy lets no style sheet of a test in.
      for (const element of elements) (element as HTMLElement).style.visibility = "hidden";
    });
    const taken = await page.screenshot({ animations: "disabled" });
    if (isWritingPictures) return writePicture(name, taken, widths);
    expect(differenceFromKept(name, taken, mkdtempSync(join(tmpdir(), "ballast-pictures-")))).toBeUndefined();
  });
}
