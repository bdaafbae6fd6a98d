import type { Workload } from "../../workload/index.ts";
import { DEEPEST_PHASES, MAX_ACCESSES, MAX_NS, MAX_PAGES, MAX_PHASES } from "../limits.ts";
import { byType, list, nothing } from "../reading/collections.ts";
import { defaulted, required } from "../reading/object.ts";
import { duration, pageCount } from "../reading/quantities.ts";
import { named, type Reader } from "../reading/reader.ts";
import { integer, ratio, real } from "../reading/scalars.ts";
import { nameText, patterned } from "../reading/text.ts";
import { variants } from "../reading/variants.ts";
import { referencesForm } from "./references-form.ts";

const pages = pageCount({ minimum: 1, maximum: MAX_PAGES });

const extent = {
  firstPage: defaulted(
    integer({ minimum: 0, maximum: MAX_PAGES - 1 }, ""),
    "First page used, a page number of the process. Default: 0.",
    0,
  ),
  pages: required(pages, 'Pages used, from `firstPage`: a number of pages, or text such as "64 MiB".'),
};

const accesses = required(integer({ minimum: 1, maximum: MAX_ACCESSES }, "accesses"), "Number of accesses.");

const writeRatio = defaulted(
  ratio,
  "Fraction of the accesses that write, 0 to 1. Default: 0.3 (assumed: about every third data access of a program).",
  0.3,
);

const times = defaulted(integer({ minimum: 1, maximum: 1e9 }, "times"), "How many times over. Default: 1.", 1);

const traceName = patterned(
  "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$",
  "a trace's name of 1 to 100 letters, digits and . _ -, beginning with a letter or digit",
);

export const workloadForm: Reader<Workload> = named("workload", () => anyWorkload);

const phases: Reader<readonly Workload[]> = {
  schema: list(workloadForm, { minimum: 1, maximum: MAX_PHASES }, "phases").schema,
  read(value, place) {
    const depth = place.path.split("/phases").length - 1;
    if (depth <= DEEPEST_PHASES)
      return list(workloadForm, { minimum: 1, maximum: MAX_PHASES }, "phases").read(value, place);
    place.report(`nests phases ${depth} deep; ${DEEPEST_PHASES} are allowed`);
    return undefined;
  },
};

const anyWorkload: Reader<Workload> = variants({
  sequential: { description: "Each page once, in order.", fields: { ...extent, writeRatio } },
  cyclic: { description: "The same scan again and again.", fields: { ...extent, accesses, writeRatio } },
  uniform: { description: "Every page equally likely, independently.", fields: { ...extent, accesses, writeRatio } },
  zipf: {
    description: "Page of rank r with probability proportional to r^-exponent; the first page has rank 1.",
    fields: {
      ...extent,
      accesses,
      exponent: defaulted(
        real({ minimum: 0, maximum: 10 }),
        "How much the first pages are preferred; 0 is uniform. Default: 0.99 (published: YCSB's).",
        0.99,
      ),
      writeRatio,
    },
  },
  ramp: {
    description: "Uniform over a number of pages that goes linearly from `fromPages` to `toPages`.",
    fields: {
      firstPage: extent.firstPage,
      fromPages: required(pages, "Pages in use at the first access."),
      toPages: required(pages, "Pages in use at the last access."),
      accesses,
      writeRatio,
    },
  },
  references: {
    description: "These accesses, in this order.",
    fields: {
      references: required(referencesForm, '3 or "3" loads page 3, "w3" stores to it: a list such as [7, 0, "w1"], or text such as "7 0 w1".'),
    },
  },
  trace: {
    description: "A recorded trace.",
    fields: { trace: required(traceName, "The trace's name."), times },
  },
  idle: {
    description: "No access for so long.",
    fields: {
      ns: required(duration({ minimum: 1, maximum: MAX_NS }), 'How long: ns, or text such as "2 s".'),
    },
  },
  phases: {
    description: "Workloads one after the other.",
    fields: { phases: required(phases, "The workloads, in order."), times },
  },
  readFile: {
    description: "A file of the VM, in order, through the guest's page cache.",
    fields: {
      file: required(nameText, "The file's name."),
      firstPage: defaulted(integer({ minimum: 0, maximum: MAX_PAGES - 1 }, ""), "First page of the file that is read. Default: 0.", 0),
      pages: defaulted(
        byType<number | null>({ null: nothing, number: pages, string: pages }, "a number of pages, text, or null"),
        'Pages read, from `firstPage`: a number of pages, or text such as "64 MiB"; null: to the end of the file. Default: null.',
        null,
      ),
      times,
      writeRatio: defaulted(ratio, "Fraction of the accesses that write, 0 to 1. Default: 0, it is only read.", 0),
      readAheadPages: defaulted(
        pageCount({ minimum: 0, maximum: 65_536 }),
        "Pages that one request of the disk reads beyond the missing one; 0 for no read-ahead. " +
          "Default: 31 (published: with the missing one 128 KiB, Linux's read_ahead_kb).",
        31,
      ),
    },
  },
  interactive: { description: "Only what commands ask for; never ends by itself.", fields: {} },
});

export const workloadSchema = anyWorkload.schema;
