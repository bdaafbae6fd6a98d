import { Backing } from "@ballast/core/events";
import { assert } from "@ballast/core/assert";
import type { ProcessOutline } from "@ballast/core/memory";
import type { TableEntries } from "../../history/index.ts";
import { type Moment, tableName } from "../../api/moment/moment.ts";
import { readPageOfTable } from "../../api/moment/table-slice.ts";
import { connectionOf } from "./connection.ts";
import { builder } from "./builder.ts";
import { enumValues } from "./enum-values.ts";
import { costsByPage, pageArgs, rangeArgs } from "./table-args.ts";
import { VIRTUAL_PAGE_NAME, virtualPageName } from "./virtual-page-name.ts";

export type ProcessShape = { readonly moment: Moment; readonly process: ProcessOutline };

const BackingEnum = builder.enumType("Backing", {
  description: "What untouched pages of a process are.",
  values: enumValues([
    ["Anonymous", Backing.Anonymous, "Zeros."],
    ["File", Backing.File, "Pages of a file on the guest's disk."],
    ["Cache", Backing.Cache, "Pages of a file, in the guest's page cache: this is a file and not a process."],
  ]),
});

type PageTableEntry = ProcessShape & { readonly virtualPage: number; readonly realPage: number | null; readonly isOnDisk: boolean };

const EntryRef = builder.objectRef<PageTableEntry>("PageTableEntry").implement({
  description: "An entry of a process's page table.",
  fields: (t) => ({
    virtualPage: t.exposeInt("virtualPage", { description: "The page of the process." }),
    virtualPageName: t.string({
      nullable: true,
      description: VIRTUAL_PAGE_NAME,
      resolve: ({ moment, process: { vm, process }, virtualPage }, _args, context) =>
        virtualPageName(moment, { vm, process, page: virtualPage }, context),
    }),
    realPage: t.exposeInt("realPage", {
      nullable: true,
      description: "The real page behind it (under one-level mapping the physical page); null: no entry.",
    }),
    isOnDisk: t.exposeBoolean("isOnDisk", { description: "Whether the guest's disk has a copy." }),
  }),
});

const EntryConnectionRef = connectionOf<PageTableEntry>("PageTableEntry", "entries of a page table", EntryRef);

export const ProcessRef = builder.objectRef<ProcessShape>("Process").implement({
  description: "A process of a VM, or a file in its page cache, as of the moment.",
  fields: (t) => ({
    process: t.int({ description: "Its number within the VM, from 1.", resolve: ({ process }) => process.process }),
    vm: t.int({ description: "The VM's number.", resolve: ({ process }) => process.vm }),
    name: t.string({
      description: "Its name.",
      resolve: ({ moment, process }) => moment.outline.text(process.nameText),
    }),
    virtualPages: t.int({
      description: "Size of its address space in pages.",
      resolve: ({ process }) => process.virtualPages,
    }),
    mappedPages: t.int({ description: "Entries in its page table.", resolve: ({ process }) => process.mappedPages }),
    backing: t.field({
      type: BackingEnum,
      description: "What untouched pages are.",
      resolve: ({ process }) => process.backing as 1 | 2 | 3,
    }),
    isFinished: t.boolean({
      description: "Whether it has done all its work.",
      resolve: ({ process }) => process.finished,
    }),
    pageTable: t.field({
      type: EntryConnectionRef,
      description: "Its page table: virtual page to real page.",
      extensions: costsByPage,
      args: {
        ...pageArgs,
        ...rangeArgs,
        mappedOnly: t.arg.boolean({
          required: true,
          defaultValue: false,
          description: "Leave out pages without an entry.",
        }),
      },
      resolve: async ({ moment, process }, { mappedOnly, ...args }) => {
        const { vm, process: number, virtualPages } = process;
        return await readPageOfTable(
          { list: tableName(moment, `vm/${vm}/process/${number}/pageTable`), length: virtualPages },
          { ...args, from: args.firstPage, end: args.endPage },
          {
            read: (first, end) => moment.entries({ kind: "virtualPages", vm, process: number }, first, end),
            keep: mappedOnly ? (entries, page) => entries.isMapped(page) : undefined,
            nodeOf: (entries, page) => entryAt(entries, { moment, process }, page),
          },
        );
      },
    }),
  }),
});

function entryAt(entries: TableEntries, shape: ProcessShape, virtualPage: number): PageTableEntry {
  const state = entries.virtualPage(virtualPage);
  assert(state !== null, () => `process ${shape.process.process} of VM ${shape.process.vm} has no virtual page ${virtualPage}`);
  return { ...shape, virtualPage, realPage: state.realPage, isOnDisk: state.diskContent !== 0 };
}
