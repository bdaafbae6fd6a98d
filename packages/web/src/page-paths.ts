/** Every screen of the page has an address; the server answers these with the page, and the page shows what they name. */
export const PAGE_PATHS = {
  start: "/",
  runs: "/runs",
  map: "/runs/:run",
  why: "/runs/:run/why",
  translate: "/runs/:run/translate",
  log: "/runs/:run/log",
  experiments: "/experiments",
  experiment: "/experiments/:experiment",
  sideBySide: "/side-by-side",
  curves: "/curves",
  live: "/live",
  classroom: "/classroom",
  replacement: "/classroom/replacement",
  exercises: "/classroom/exercises",
  tour: "/classroom/tours/:tour",
} as const;

export type PageName = keyof typeof PAGE_PATHS;

type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** What an address of a page names, such as its run. */
export type PagePlaces<Name extends PageName> = Readonly<Record<NamesIn<(typeof PAGE_PATHS)[Name]>, string>>;

export type PageMatch = { readonly page: PageName; readonly places: Readonly<Record<string, string>> };

/** The screen at a path, and what its address names; undefined: none. */
export function matchPage(path: string): PageMatch | undefined {
  const parts = partsOf(path);
  for (const [page, pattern] of Object.entries(PAGE_PATHS)) {
    const places = matchParts(partsOf(pattern), parts);
    if (places !== undefined) return { page: page as PageName, places };
  }
  return undefined;
}

/** The path of a screen. */
export function pagePath<Name extends PageName>(page: Name, places: PagePlaces<Name>): string {
  const given = places as Readonly<Record<string, string>>;
  return PAGE_PATHS[page].replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(given[name] ?? ""));
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

function matchParts(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const places: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? "";
    if (!expected.startsWith(":")) {
      if (part !== expected) return undefined;
      continue;
    }
    const place = decode(part);
    if (place === undefined) return undefined;
    places[expected.slice(1)] = place;
  }
  return places;
}

/** Undefined: no part of an address is written like this. */
function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
