import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, expect, inject, test } from "vitest";
import type { Stage } from "./server-for-run.ts";

export type OpenOptions = {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
  /** Of another server than the one that all tests share. */
  readonly url?: string;
};

export type OpenedPage = {
  readonly page: Page;
  /** What must not happen: errors of the console, and requests to other hosts. */
  readonly faults: string[];
  close(): Promise<void>;
};

/** What every test of the page is given. */
export type PageTest = {
  readonly stage: Stage;
  readonly open: (path: string, options?: OpenOptions) => Promise<OpenedPage>;
  /** Ends the test as one that cannot be done here. */
  readonly skip: (reason: string) => void;
};

/** Of what a page is waited for; a busy machine takes seconds for what takes milliseconds on a quiet one. */
const TIMEOUT_MS = 15_000;

let browser: Promise<Browser> | undefined;

/**
 * A test with a browser; skipped where there is none. Afterwards whatever it has opened is closed, and no page may have
 * reported an error or asked another host.
 */
export function pageTest(name: string, run: (given: PageTest) => Promise<void>): void {
  const stage = inject("stage");
  afterAll(disconnect);
  // oxlint-disable-next-line vitest/valid-title -- it is the caller's.
  test.skipIf(stage === null)(name, async ({ skip }) => {
    if (stage === null) return;
    const opened: OpenedPage[] = [];
    const open: PageTest["open"] = async (path, options = {}) => {
      const page = await openPage(stage, path, options);
      opened.push(page);
      return page;
    };
    try {
      await run({ stage, open, skip });
      for (const { faults } of opened) expect(faults).toEqual([]);
    } finally {
      await Promise.all(opened.map((page) => page.close()));
    }
  });
}

/** The browser belongs to the test run; a connection that stays open would keep the worker from ending. */
async function disconnect(): Promise<void> {
  const connected = browser;
  browser = undefined;
  await (await connected)?.close();
}

async function openPage(
  stage: Stage,
  path: string,
  { width = 1400, height = 900, colorScheme = "light", url = stage.url }: OpenOptions,
): Promise<OpenedPage> {
  browser ??= chromium.connect(stage.browser);
  const context = await (await browser).newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  const faults = watchFaults(page, url);
  await page.goto(`${url}${path}`);
  return { page, faults, close: () => closeContext(context) };
}

async function closeContext(context: BrowserContext): Promise<void> {
  await context.close();
}

function watchFaults(page: Page, url: string): string[] {
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`thrown: ${error.stack ?? error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) faults.push(`request to ${request.url()}`);
  });
  return faults;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Violation = {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
};

/** What axe-core finds against WCAG 2.2 A and AA; empty if all is well. */
export async function axeViolations(page: Page): Promise<string[]> {
  // The content security policy lets no foreign script into the page; the debugger's evaluation is not subject to it.
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(context: Document, options: object): Promise<{ violations: Violation[] }> } };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    return (await axe.run(document, { runOnly: { type: "tag", values: tags } })).violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
}
