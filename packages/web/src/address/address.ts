import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { matchPage, type PageMatch } from "../page-paths.ts";
import { keepAddress, takeKeptAddress } from "./kept-address.ts";
import { WriteBudget } from "./write-budget.ts";

const current = signal(new URL(takeKeptAddress(location.href)));

/** The screen that the address names; undefined: none. */
export const pageMatch: ReadonlySignal<PageMatch | undefined> = computed(() => matchPage(current.value.pathname));
export const pathname = computed(() => current.value.pathname);

const budget = new WriteBudget();
let unwritten: ReturnType<typeof setTimeout> | undefined;

/** Opens a screen: a step that the back button takes back. */
export function visit(href: string): void {
  writeNow();
  const next = new URL(href, current.value);
  if (next.href === current.value.href) return;
  budget.spend(performance.now());
  history.pushState(null, "", next);
  const isSamePage = next.pathname === current.value.pathname;
  current.value = next;
  if (!isSamePage) scrollTo(0, 0);
}

/** A parameter of the address, such as `at`; undefined where it is absent. */
export function parameter(name: string): ReadonlySignal<string | undefined> {
  return computed(() => current.value.searchParams.get(name) ?? undefined);
}

export type ParameterChanges = Readonly<Record<string, string | undefined>>;

/**
 * Changes parameters of the address, which is how what is shown gets into links; undefined removes one. `step`: as a step
 * that the back button takes back; otherwise the address of the current step changes, immediately unless scrubbing has made so
 * many changes that browsers would refuse another one: then a moment later.
 */
export function setParameters(changes: ParameterChanges, { step = false }: { readonly step?: boolean } = {}): void {
  const next = withParameters(changes);
  if (next.href === current.value.href) return;
  if (step) return visit(next.href);
  current.value = next;
  if (unwritten !== undefined) return;
  const waitMs = budget.waitMs(performance.now());
  if (waitMs === 0) write();
  else unwritten = setTimeout(writeNow, waitMs);
}

/** The address of what is shown, with parameters changed. */
export function hrefWith(changes: ParameterChanges): string {
  const { pathname: path, search } = withParameters(changes);
  return `${path}${search}`;
}

function withParameters(changes: ParameterChanges): URL {
  const next = new URL(current.value);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) next.searchParams.delete(name);
    else next.searchParams.set(name, value);
  }
  return next;
}

function writeNow(): void {
  if (unwritten === undefined) return;
  clearTimeout(unwritten);
  unwritten = undefined;
  write();
}

function write(): void {
  budget.spend(performance.now());
  history.replaceState(null, "", current.value);
}

function endPage(): void {
  if (unwritten !== undefined) keepAddress(location.href, current.value.href);
  writeNow();
}

/** Follows the back button, and links of this page to this page. Called once. */
export function followAddress(): void {
  if (current.value.href !== location.href) write();
  addEventListener("popstate", () => {
    clearTimeout(unwritten);
    unwritten = undefined;
    current.value = new URL(location.href);
  });
  document.addEventListener("click", (event) => {
    const href = innerHref(event);
    if (href === undefined) return;
    event.preventDefault();
    visit(href);
  });
  for (const ending of ["beforeunload", "pagehide"]) addEventListener(ending, endPage);
  // A tablet may end a page that is behind others without an event.
  document.addEventListener("visibilitychange", writeNow);
}

/** Where a click leads inside of the page; undefined: it is the browser's. */
function innerHref(event: MouseEvent): string | undefined {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.target !== "" || link.hasAttribute("download") || link.origin !== location.origin) return undefined;
  if (link.hash !== "" && link.pathname === location.pathname) return undefined;
  return matchPage(link.pathname) === undefined ? undefined : link.href;
}
