import { type AdversarialDocument, times, FRAME_FIELDS, REAL_PAGE_FIELDS, EVENT_FIELDS, type Subjects } from "./adversarial-document.ts";

const at = (run: string, position: number, inner: string): string =>
  `{ run(id: "${run}") { at(at: { position: ${position} }) { ${inner} } } }`;

/** What asks for much of what is stored. */
export function stateDocuments(subjects: Subjects): AdversarialDocument[] {
  return [...listDocuments(subjects), ...momentDocuments(subjects), ...historyDocuments(subjects)];
}

/** Whole lists with all of their fields. */
function listDocuments({ small, large, smallPosition, largePosition }: Subjects): AdversarialDocument[] {
  return [
    {
      name: "1,000 frames with 46 fields each",
      query: at(small, smallPosition, `frames(first: 1000) { nodes { ${FRAME_FIELDS} ${times(39, (i) => `a${i}: virtualPageName`)} } }`),
    },
    {
      name: "1,000 real pages with 45 fields each",
      query: at(
        large,
        largePosition,
        `vm(vm: 1) { realMapTable(first: 1000) { nodes { ${REAL_PAGE_FIELDS} ${times(30, (i) => `a${i}: description`)} } } }`,
      ),
    },
    {
      name: "1,000 entries of a page table",
      query: at(
        large,
        largePosition,
        `vm(vm: 1) { process(process: 1) { pageTable(first: 1000) { edges { cursor node { virtualPage virtualPageName realPage isOnDisk ${times(40, (i) => `a${i}: virtualPageName`)} } } } } }`,
      ),
    },
    {
      name: "4,000 pages that are not mapped, 20 aliases",
      query: at(
        large,
        largePosition,
        times(20, (i) => `a${i}: frames(first: 1, firstPage: 0, vm: 3) { nodes { physicalPage } }`),
      ),
    },
    {
      name: "all policies, 100 aliases",
      query: `{ ${times(100, (i) => `a${i}: policies { name parameters { name description source } }`)} }`,
    },
    { name: "scenarios as JSON, 300 aliases", query: `{ ${times(300, (i) => `a${i}: scenarios { json }`)} }` },
    { name: "400 runs that are not there", query: `{ ${times(350, (i) => `a${i}: run(id: "none-${i}") { id }`)} }` },
  ];
}

/** Many moments, maps and translations. */
function momentDocuments({ small, large, smallPosition, largePosition }: Subjects): AdversarialDocument[] {
  return [
    {
      name: "240 moments of the small host",
      query: `{ run(id: "${small}") { ${times(240, (i) => `a${i}: at(at: { position: ${Math.floor((i * smallPosition) / 240)} }) { timeNs vms { residentPages } }`)} } }`,
    },
    { name: "one moment of the large host", query: at(large, largePosition, "timeNs host { freePages } vms { name residentPages }") },
    {
      name: "another moment of the large host",
      query: at(large, Math.floor(largePosition / 3), "timeNs host { freePages } vms { name residentPages }"),
    },
    {
      name: "240 moments of the large host",
      query: `{ run(id: "${large}") { ${times(240, (i) => `a${i}: at(at: { position: ${Math.floor((i * largePosition) / 240)} }) { timeNs }`)} } }`,
    },
    { name: "a memory map of the large host", query: at(large, largePosition, "memoryMap(maxCells: 65536) { cells runs }") },
    {
      name: "300 memory maps of the large host",
      query: at(
        large,
        largePosition,
        times(300, (i) => `a${i}: memoryMap(maxCells: 65536) { cells runs }`),
      ),
    },
    {
      name: "300 memory maps of a VM",
      query: at(large, largePosition, `vm(vm: 1) { ${times(300, (i) => `a${i}: memoryMap(maxCells: 65536) { cells runs }`)} }`),
    },
    {
      name: "sharers, 200 aliases",
      query: at(
        large,
        largePosition,
        times(200, (i) => `a${i}: sharers(physicalPage: ${i}, first: 1) { vm }`),
      ),
    },
    {
      name: "translations, 200 aliases",
      query: at(
        large,
        largePosition,
        times(200, (i) => `a${i}: translate(vm: 1, process: 1, virtualPage: ${i}) { outcome steps { description } }`),
      ),
    },
  ];
}

/** Events, series, decisions and differences. */
function historyDocuments({ small, large, smallPosition, largePosition }: Subjects): AdversarialDocument[] {
  return [
    {
      name: "1,000 events with 49 fields each",
      query: `{ run(id: "${small}") { events(first: 1000) { nodes { ${times(40, (i) => `a${i}: text`)} } } } }`,
    },
    { name: "480 events with all fields", query: `{ run(id: "${small}") { events(first: 480) { nodes { ${EVENT_FIELDS} } } } }` },
    {
      name: "40 pages of 1,000 events",
      query: `{ run(id: "${small}") { ${times(40, (i) => `a${i}: events(first: 1000, filter: { fromPosition: ${i * 1_000 + 1} }) { nodes { position } }`)} } }`,
    },
    {
      name: "events of a rare type, 300 aliases",
      query: `{ run(id: "${small}") { ${times(300, (i) => `a${i}: events(first: 1, filter: { types: [VM_TERMINATED], vm: ${i} }) { nodes { position } }`)} } }`,
    },
    {
      name: "a difference of the large host",
      query: `{ run(id: "${large}") { diff(from: { position: 5 }, to: { position: ${largePosition} }, first: 1000) { changedFrames changes { nodes { __typename } } } } }`,
    },
    {
      name: "100 differences of the small host",
      query: `{ run(id: "${small}") { ${times(100, (i) => `a${i}: diff(from: { position: ${i} }, to: { position: ${smallPosition - i} }, first: 10) { changedFrames }`)} } }`,
    },
    {
      name: "page histories, 200 aliases",
      query: `{ run(id: "${small}") { ${times(200, (i) => `a${i}: pageHistory(vm: 1, realPage: ${i % 100}, first: 10) { nodes { position } }`)} } }`,
    },
    {
      name: "frame histories of the large host, 100 aliases",
      query: `{ run(id: "${large}") { ${times(100, (i) => `a${i}: frameHistory(physicalPage: ${i}, first: 100) { nodes { position } }`)} } }`,
    },
    {
      name: "series of 2,000 points, 24 aliases",
      query: `{ run(id: "${small}") { ${times(24, (i) => `a${i}: series(metric: FREE_PAGES, points: 2000) { points { timeNs } packed }`)} } }`,
    },
    {
      name: "decisions, 40 aliases",
      query: `{ run(id: "${small}") { ${times(40, (i) => `a${i}: decisions(first: 60) { nodes { decision reason figures { figure value } } }`)} } }`,
    },
    {
      name: "counters, 100 aliases under moments",
      query: at(
        small,
        smallPosition,
        times(700, (i) => `a${i}: counters { faults accesses }`),
      ),
    },
    {
      name: "the catalogue of events, 60 aliases",
      query: `{ ${times(60, (i) => `a${i}: eventTypes { name description fields { name description choices { name } } }`)} }`,
    },
  ];
}
