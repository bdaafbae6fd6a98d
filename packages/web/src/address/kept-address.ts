const KEY = "ballast-address";

/**
 * Keeps the address of a page that ends for a reload, which asks for the address from before: what is written while a page
 * ends comes too late for it.
 */
export function keepAddress(written: string, wanted: string): void {
  sessionStorage.setItem(KEY, JSON.stringify({ written, wanted }));
}

/** The address that is to be shown: the kept one, if this page is a reload of the one that kept it. */
export function takeKeptAddress(written: string): string {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as { readonly written: string; readonly wanted: string } | null;
  sessionStorage.removeItem(KEY);
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return navigation?.type === "reload" && kept?.written === written ? kept.wanted : written;
}
