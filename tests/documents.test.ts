import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { errorsPage } from "../docs/generate/errors-page.ts";
import { CSV_OPTION_KINDS, TRACE_FORMATS } from "../packages/core/src/trace/index.ts";

const project = fileURLToPath(new URL("..", import.meta.url));
const documents = markdownFiles(project);
const RECORDS = readdirSync(join(project, "docs/decisions")).filter((name) => /^\d{4}-.*\.md$/.test(name));
const PARTS_OF_A_RECORD = ["Context", "Decision", "Price", "What would change it"];

/** The oracle is the file system: what a document points at is there, or is not. */
describe("the documents", () => {
  test.each(documents)("every relative link of %s leads to a file of the repository", (document) => {
    const broken = linksOf(document).filter((link) => !existsSync(join(project, dirname(document), link)));
    expect(broken).toEqual([]);
  });

  test("docs/errors.md is what the table of error codes gives; `node docs/generate/main.ts` writes it", () => {
    expect(read("docs/errors.md")).toBe(errorsPage());
  });

  test("docs/traces.md lists every format that traces are read from, and docs/trace-formats.md describes each", () => {
    const rows = Object.entries(TRACE_FORMATS).map(([name, { extensions, title }]) => {
      const ends = extensions.map((end) => `\`${end}\``).join(", ");
      return `| [\`${name}\`](trace-formats.md#${name}) | ${ends} | ${title} |`;
    });
    expect(read("docs/traces.md").split("\n").filter((line) => line.includes("](trace-formats.md#"))).toEqual(rows);
    const sections = [...read("docs/trace-formats.md").matchAll(/^## (\S+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(Object.keys(TRACE_FORMATS));
    const options = [...read("docs/trace-formats.md").matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(options).toEqual(Object.keys(CSV_OPTION_KINDS));
  });

  test("the index of decisions has every record under its own title, and nothing else", () => {
    const rows = RECORDS.map((name) => `| [${name.slice(0, 4)}](${name}) | ${titleOf(name)} |`);
    expect(rows.length).toBeGreaterThan(0);
    expect(read("docs/decisions/README.md").split("\n").filter((line) => line.startsWith("| ["))).toEqual(rows);
  });

  test.each(RECORDS)("%s says its context, decision, price and what would change it, in this order", (name) => {
    const parts = [...read(`docs/decisions/${name}`).matchAll(/^\*\*([^*]+)\.\*\*/gm)].map(([, part]) => part ?? "");
    expect(parts.filter((part) => PARTS_OF_A_RECORD.includes(part))).toEqual(PARTS_OF_A_RECORD);
  });
});

function read(file: string): string {
  return readFileSync(join(project, file), "utf8");
}

/** Records begin with their number and title: `# 0010. Title`. */
function titleOf(record: string): string | undefined {
  return new RegExp(`^# ${record.slice(0, 4)}\\. (.+)\n`).exec(read(`docs/decisions/${record}`))?.[1];
}

function linksOf(document: string): string[] {
  const withoutCode = read(document).replaceAll(/```[\s\S]*?```/g, "").replaceAll(/`[^`\n]*`/g, "");
  const targets = [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? "");
  return targets
    .filter((target) => !/^[a-z]+:/.test(target) && !target.startsWith("#"))
    .map((target) => target.replace(/#.*$/, ""));
}

function markdownFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(node_modules|dist|coverage|\..*)$/.test(entry.name) ? [] : markdownFiles(path);
    return entry.name.endsWith(".md") ? [relative(project, path)] : [];
  });
}
