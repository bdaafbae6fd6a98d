import fc from "fast-check";
import { expect, test } from "vitest";
import { countPages, SpaceCounts } from "./space-counts.ts";

const PAGES = 40;
const page = fc.record({ page: fc.nat({ max: PAGES - 1 }), state: fc.nat({ max: 31 }), owner: fc.nat({ max: 12 }) });

test("counts that follow the changes are those of all pages counted again", () => {
  fc.assert(
    fc.property(fc.array(fc.array(page, { maxLength: 6 }), { maxLength: 8 }), fc.boolean(), (pictures, hasOwners) => {
      const states = new Uint8Array(PAGES);
      const owners = hasOwners ? new Uint16Array(PAGES) : null;
      const space = { kind: hasOwners ? ("host" as const) : ("vm" as const), vm: null, name: null, states, owners };
      const counts = new SpaceCounts();
      counts.update({ ...space, changed: null });
      for (const changes of pictures) {
        for (const change of changes) {
          states[change.page] = change.state;
          if (owners !== null) owners[change.page] = change.owner;
        }
        // A page may be listed more than once, and without having changed.
        const changed = Uint32Array.from([...changes, ...changes].map((change) => change.page));
        counts.update({ ...space, changed });
        const expected = countPages(states, owners);
        expect([...counts.counts].map((count, key) => count - (expected[key] ?? 0)).every((difference) => difference === 0)).toBe(true);
        expect(counts.counts.reduce((sum, count) => sum + count, 0)).toBe(PAGES);
      }
    }),
  );
});
