import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { errorsPage } from "../docs/generate/errors-page.ts";
import { eventsPage } from "../docs/generate/events-page.ts";
import { metricsPage } from "../docs/generate/metrics-page.ts";
import { TABLES, withTable } from "../docs/generate/tables.ts";
import { CSV_OPTION_KINDS, TRACE_FORMATS } from "../packages/core/src/trace/index.ts";

const project = fileURLToPath(new URL("..", import.meta.url));
const documents = markdownFiles(project);
const RECORDS = readdirSync(join(project, "docs/decisions")).filter((name) => /^\d{4}-.*\.md$/.test(name));
/** Shorter ones, such as "For example:", may stand anywhere. */
const LEAST_OF_A_PARAGRAPH = 60;
const PARTS_OF_A_RECORD = ["Context", "Decision", "Price", "What would change it"];

/** The oracle is the file system: what a document points at is there, or is not. */
describe("the documents", () => {
  test.each(documents)("every relative link of %s leads to a file of the repository", (document) => {
    const broken = linksOf(document).filter((link) => !existsSync(join(project, dirname(document), link)));
    expect(broken).toEqual([]);
  });

  test.each(documents)("%s has no row of a table and no paragraph twice", (document) => {
    expect(repeatedBlocks(read(document))).toEqual([]);
  });

  test.each(documents)("every line of a table of %s belongs to one, with as many cells as its heading", (document) => {
    expect(brokenTableLines(read(document))).toEqual([]);
  });

  /** Each of these was in a document once. */
  test("a row or paragraph that stands twice is found, and a table line without its heading", () => {
    const table = "| a | b |\n| --- | --- |\n| 1 | 2 |\n";
    expect(repeatedBlocks(`${table}| 3 | 4 |\n| 1 | 2 |\n`)).toEqual(["| 1 | 2 |", "1"]);
    expect(repeatedBlocks(`${table}| 1 | 3 |\n`)).toEqual(["1"]);
    const codes =
      "| refused by | codes | status |\n| --- | --- | --- |\n| the document | `A`, `B` | 200 |\n| the document | `A`, `C` | 400 |\n";
    expect(repeatedBlocks(codes)).toEqual(["the document: `A`,"]);
    expect(repeatedBlocks(`${table}\nNext.\n\n${table}`)).toEqual([]);
    expect(repeatedBlocks(`${"One long paragraph ".repeat(4)}\n\nTwo.\n\n${"One long paragraph\n".repeat(4)}`)).toHaveLength(1);
    expect(brokenTableLines(`${table}\n| 3 | 4 |\n`)).toEqual(["| 3 | 4 |"]);
    expect(brokenTableLines(`${table}| 3 | 4 | 5 |\n`)).toEqual(["| 3 | 4 | 5 |"]);
    expect(brokenTableLines(`${table}| \`a \\| b\` | 4 |\n`)).toEqual([]);
  });

  test("docs/errors.md is what the table of error codes gives; `node docs/generate/main.ts` writes it", () => {
    expect(read("docs/errors.md")).toBe(errorsPage());
  });

  test("docs/metrics.md is what the declarations of metrics give; `node docs/generate/main.ts` writes it", () => {
    expect(read("docs/metrics.md")).toBe(metricsPage());
  });

  test("docs/events.md is what the catalogue of events gives; `node docs/generate/main.ts` writes it", () => {
    expect(read("docs/events.md")).toBe(eventsPage());
  });

  test.each(TABLES)("$page has its table as the sources have it; `node docs/generate/main.ts` writes it", (table) => {
    expect(read(table.page)).toBe(withTable(read(table.page), table));
  });

  test("docs/traces.md lists every format that traces are read from, and docs/trace-formats.md describes each", () => {
    const rows = Object.entries(TRACE_FORMATS).map(([name, { extensions, title }]) => {
      const ends = extensions.map((end) => `\`${end}\``).join(", ");
      return `| [\`${name}\`](trace-formats.md#${name}) | ${ends} | ${title} |`;
    });
    expect(
      read("docs/traces.md")
        .split("\n")
        .filter((line) => line.includes("](trace-formats.md#")),
    ).toEqual(rows);
    const sections = [...read("docs/trace-formats.md").matchAll(/^## (\S+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(Object.keys(TRACE_FORMATS));
    const options = [...read("docs/trace-formats.md").matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(options).toEqual(Object.keys(CSV_OPTION_KINDS));
  });

  test("every file and folder that a recipe of CONTRIBUTING.md names is there", () => {
    const named = [...read("CONTRIBUTING.md").matchAll(/`((?:packages|tests|docs|scenarios)\/[\w./-]+)`/g)].map(([, path]) => path ?? "");
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !existsSync(join(project, path)))).toEqual([]);
  });

  test("the index of decisions has every record under its own title, and nothing else", () => {
    const rows = RECORDS.map((name) => `| [${name.slice(0, 4)}](${name}) | ${titleOf(name)} |`);
    expect(rows.length).toBeGreaterThan(0);
    expect(
      read("docs/decisions/README.md")
        .split("\n")
        .filter((line) => line.startsWith("| [")),
    ).toEqual(rows);
  });

  test("the subject of every record's number is explained, and no subject is without a record", () => {
    const subjects = [...read("docs/decisions/README.md").matchAll(/^\| (\d{3})x \|/gm)].map(([, subject]) => subject);
    expect(subjects).toEqual([...new Set(RECORDS.map((name) => name.slice(0, 3)))]);
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

/**
 * Rows within one table (of two columns: with an equal first cell; of more: with an equal first cell and a second one that begins
 * with the same code), and paragraphs and items of lists within the document, that stand there twice.
 */
function repeatedBlocks(text: string): string[] {
  const blocks = withoutCodeBlocks(text)
    .split(/\n{2,}/)
    .map((block) => block.trim());
  const rows = blocks.filter((block) => block.startsWith("|")).map((block) => block.split("\n").slice(2));
  const others = blocks.filter((block) => !/^([|#<]|Source \()/.test(block)).flatMap((block) => block.split(/\n(?=- |\d+\. )/));
  const subjects = rows.map((lines) => lines.flatMap(subjectOf));
  return [
    ...rows.flatMap(repeated),
    ...subjects.flatMap(repeated),
    ...repeated(others.filter((block) => block.length >= LEAST_OF_A_PARAGRAPH)),
  ];
}

function subjectOf(row: string): string[] {
  const [, first = "", second = ""] = row.split("|");
  if (cellsOf(row) === 3) return [first];
  const [code] = /^ `[^`]+`,/.exec(second) ?? [];
  return first.trim() === "" || code === undefined ? [] : [`${first.trim()}: ${code.trim()}`];
}

function repeated(items: readonly string[]): string[] {
  const plain = items.map((item) => item.replaceAll(/\s+/g, " ").trim());
  return plain.filter((item, index) => item !== "" && plain.indexOf(item) !== index);
}

/** Lines that begin as a row of a table and are in none, or have other cells than its heading. */
function brokenTableLines(text: string): string[] {
  return withoutCodeBlocks(text)
    .split(/\n{2,}/)
    .flatMap((block) => {
      const lines = block.trim().split("\n");
      const start = lines.findIndex((line) => line.startsWith("|"));
      if (start < 0) return [];
      const table = lines.slice(start);
      if (!/^\|( *:?-+:? *\|)+ *$/.test(table[1] ?? "")) return table;
      const cells = cellsOf(table[0] ?? "");
      return table.filter((line) => !line.startsWith("|") || cellsOf(line) !== cells);
    });
}

function cellsOf(line: string): number {
  return line
    .replaceAll("\\|", "")
    .replace(/\s*\|\s*$/, "")
    .split("|").length;
}

function withoutCodeBlocks(text: string): string {
  return text.replaceAll(/^ *```[\s\S]*?^ *```/gm, "");
}

function linksOf(document: string): string[] {
  const withoutCode = read(document)
    .replaceAll(/```[\s\S]*?```/g, "")
    .replaceAll(/`[^`\n]*`/g, "");
  const targets = [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? "");
  return targets.filter((target) => !/^[a-z]+:/.test(target) && !target.startsWith("#")).map((target) => target.replace(/#.*$/, ""));
}

function markdownFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(node_modules|dist|coverage|\..*)$/.test(entry.name) ? [] : markdownFiles(path);
    return entry.name.endsWith(".md") ? [relative(project, path)] : [];
  });
}
