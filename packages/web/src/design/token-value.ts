/** What a token of the page's look is now, such as the colour of `--ink`: it differs between light and dark. */
export function tokenValue(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Calls when the page changes between light and dark. Returns what ends it. */
export function onSchemeChange(listen: () => void): () => void {
  const query = matchMedia("(prefers-color-scheme: dark)");
  query.addEventListener("change", listen);
  return () => query.removeEventListener("change", listen);
}
