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

/** What other tests have made since. */
const NEWEST = ".start-columns";

const VIEWS: readonly View[] = [
  { name: "start", path: () => "/", ready: ".bars", hidden: NEWEST },
  { name: "start-dark", path: () => "/", ready: ".bars", hidden: NEWEST, options: DARK },
  { name: "start-narrow", path: () => "/", ready: ".bars", hidden: NEWEST, options: NARROW },
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
    const taken = await page.screenshot({ animations: "disabled", mask: [page.locator(hidden)], maskColor: "#808080" });
    if (isWritingPictures) return writePicture(name, taken, widths);
    expect(differenceFromKept(name, taken, mkdtempSync(join(tmpdir(), "ballast-pictures-")))).toBeUndefined();
  });
}
