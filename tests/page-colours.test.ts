import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FRAME_STATES, IDLE_AGES, REAL_PAGE_STATES } from "../packages/server/src/history/maps/index.ts";
import { statesOf } from "../packages/web/src/maps/index.ts";
import { countPages } from "../packages/web/src/map/moment/space-counts.ts";
import {
  COLOURING_BY_DIRTY,
  colouringByIdleAge,
  colouringOf,
  countEntries,
  VM_COLOURS,
  vmToken,
} from "../packages/web/src/map/colouring/colouring.ts";
import { ciede2000, labSeen, type Vision, VISIONS } from "./colour-vision.ts";
import { type KindName, kindOf, KINDS } from "../packages/web/src/map/colouring/kinds.ts";
import { mix, parseHex, type Rgb } from "../packages/web/src/map/colouring/colour.ts";

const TOKENS = readFileSync(new URL("../packages/web/src/design/tokens.css", import.meta.url), "utf8");
const [LIGHT = "", DARK = ""] = TOKENS.split("@media (prefers-color-scheme: dark)");

/** What a grid of frames, one of real pages, and one coloured by owner can show side by side. */
const FRAMES: KindName[] = ["free-zeroed", "free", "hypervisor", "shared", "guest-free", "process", "kernel", "balloon", "large"];
const REAL_PAGES: KindName[] = [
  "none",
  "guest-free",
  "process",
  "kernel",
  "balloon",
  "large",
  "shared",
  "swap-cache",
  "host-swap",
  "guest-disk",
  "compressed",
];
const UNOWNED: KindName[] = ["free-zeroed", "free", "hypervisor", "shared", "none"];
/** As the header of a map has them. */
const CELL_STATES = { frames: FRAME_STATES, realPages: REAL_PAGE_STATES, ownerShift: 4 };

const VMS = Array.from({ length: VM_COLOURS }, (_, vm) => vmToken(vm));
const SIDE_BY_SIDE = [
  COLOURING_BY_DIRTY.entries.map(({ token }) => token),
  FRAMES.map(stateToken),
  REAL_PAGES.map(stateToken),
  [...UNOWNED.map(stateToken), ...VMS],
];

/** The greys of what holds nothing differ in lightness alone. */
const GREYS = new Set(["--state-free-zeroed", "--state-free", "--state-none"]);

function stateToken(kind: KindName): string {
  return `--state-${kind}`;
}

function colourOf(token: string, scheme: string): Rgb {
  const [, hex] = new RegExp(`${token}: (#[0-9a-f]{6});`).exec(scheme) ?? [];
  if (hex === undefined) throw new Error(`there is no colour ${token}`);
  return parseHex(hex);
}

/** The pair of colours that is hardest to tell apart for someone. */
function hardest(
  tokens: readonly string[],
  scheme: string,
  isAsked: (a: string, b: string) => boolean,
): { difference: number; pair: string } {
  let found = { difference: Infinity, pair: "" };
  for (const [index, a] of tokens.entries()) {
    for (const b of tokens.slice(index + 1).filter((each) => isAsked(a, each))) {
      for (const vision of Object.keys(VISIONS) as Vision[]) {
        const difference = ciede2000(labSeen(colourOf(a, scheme), vision), labSeen(colourOf(b, scheme), vision));
        if (difference < found.difference) found = { difference, pair: `${a} ${b} ${vision}` };
      }
    }
  }
  return found;
}

test("the colour difference is that of the published test pairs", () => {
  // Sharma, Wu and Dalal 2005, table 1, pairs 1, 17, 25 and 33.
  expect(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
  expect(ciede2000([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4);
  expect(ciede2000([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387])).toBeCloseTo(1.2644, 4);
  expect(ciede2000([22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619])).toBeCloseTo(2.0373, 4);
});

for (const [name, scheme] of [
  ["light", LIGHT],
  ["dark", DARK],
] as const) {
  test(`protan, deutan and tritan readers tell all colours that can stand side by side apart: ${name}`, () => {
    for (const tokens of SIDE_BY_SIDE) {
      // A difference of 10 is seen at a glance; 2.3 is one that is just noticed.
      const ofAll = hardest(tokens, scheme, (a, b) => !(GREYS.has(a) && GREYS.has(b)));
      expect(ofAll.difference, ofAll.pair).toBeGreaterThan(13);
      const ofGreys = hardest(tokens, scheme, (a, b) => GREYS.has(a) && GREYS.has(b));
      expect(ofGreys.difference, ofGreys.pair).toBeGreaterThan(9);
    }
  });

  test(`every colour can be told from the ground that cells lie on: ${name}`, () => {
    const ground = labSeen(colourOf("--surface", scheme), "normal");
    for (const token of [...(Object.keys(KINDS) as KindName[]).map(stateToken), ...VMS]) {
      expect(ciede2000(labSeen(colourOf(token, scheme), "normal"), ground), token).toBeGreaterThan(6);
    }
  });
}

for (const [name, scheme] of [
  ["light", LIGHT],
  ["dark", DARK],
] as const) {
  test(`idle ages are steps that all readers can tell from the next one, from pages never accessed and from none: ${name}`, () => {
    const ground = parseHex(/--surface: (#[0-9a-f]{3,6});/.exec(scheme)?.[1] ?? "");
    const [none, never, ...ramp] = colouringByIdleAge(IDLE_AGES).entries.map(({ token, part = 1 }) =>
      mix(colourOf(token, scheme), ground, part),
    );
    for (const vision of Object.keys(VISIONS) as Vision[]) {
      const difference = (a: Rgb, b: Rgb): number => ciede2000(labSeen(a, vision), labSeen(b, vision));
      for (const [index, step] of ramp.slice(1).entries()) expect(difference(step, ramp[index]), `${vision} ${index}`).toBeGreaterThan(4);
      for (const step of ramp) {
        expect(difference(step, never), vision).toBeGreaterThan(13);
        expect(difference(step, none), vision).toBeGreaterThan(9);
      }
      expect(difference(none, never), vision).toBeGreaterThan(13);
    }
  });
}

test("the page has a kind for every state that the server names, and each kind stands for some", () => {
  const found = (["host", "vm"] as const).flatMap((space) =>
    statesOf(space === "host" ? CELL_STATES.frames : CELL_STATES.realPages).map((state) => kindOf(space, state)),
  );
  expect(new Set(found)).toEqual(new Set(Object.keys(KINDS)));
});

test("by owner, frames have the colour of the VM that owns them and its real pages too, as far as these have a frame of their own", () => {
  const { entries, entriesOf } = colouringOf("owner", CELL_STATES, ["web", "db"]);
  const [frames, ofDb] = [entriesOf({ vm: null }), entriesOf({ vm: 2 })];
  const code = (use: string, backing: string): number =>
    statesOf(CELL_STATES.realPages).find((state) => state.use.name === use && state.backing.name === backing)!.code;
  const labelOf = (entry: number | undefined): string | undefined => entries[entry!]?.label;
  expect(labelOf(frames.byOwner?.[2])).toBe("db");
  expect(labelOf(ofDb.byState[code("process", "frame")])).toBe("db");
  expect(labelOf(ofDb.byState[code("balloon", "none")])).toBe("no frame");
  expect(labelOf(ofDb.byState[code("process", "shared")])).toBe("shared");
  // Two frames of db, and one that is nobody's in the first state.
  const counts = countEntries(countPages(Uint8Array.of(0, 4, 5), Uint16Array.of(0, 2, 2)), frames, entries.length);
  expect([...counts].flatMap((pages, entry) => (pages === 0 ? [] : [`${labelOf(entry)}: ${pages}`]))).toEqual(["free, zeroed: 1", "db: 2"]);
});
