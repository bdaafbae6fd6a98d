import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { errorsPage } from "../docs/generate/errors-page.ts";

const project = fileURLToPath(new URL("..", import.meta.url));
const documents = markdownFiles(project);

/** The oracle is the file system: what a document points at is there, or is not. */
describe("the documents", () => {
  test.each(documents)("every relative link of %s leads to a file of the repository", (document) => {
    const broken = linksOf(document).filter((link) => !existsSync(join(project, dirname(document), link)));
    expect(broken).toEqual([]);
  });

  test("docs/errors.md is what the table of error codes gives; `node docs/generate/main.ts` writes it", () => {
    expect(read("docs/errors.md")).toBe(errorsPage());
  });

  test("every record of a decision stands in the index", () => {
    const records = readdirSync(join(project, "docs/decisions")).filter((name) => /^\d{4}-.*\.md$/.test(name));
    const index = read("docs/decisions/README.md");
    expect(records.filter((name) => !index.includes(`(${name})`))).toEqual([]);
    expect(records.length).toBeGreaterThan(0);
  });
});

function read(file: string): string {
  return readFileSync(join(project, file), "utf8");
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
