import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DeclaredName, declarationsOf } from "./declarations.ts";

const CORE = join(dirname(dirname(fileURLToPath(import.meta.url))), "packages/core");
const HOW_TO_WRITE = "if the change is meant, write the reports anew: npm run api";

/**
 * `node packaging/api-report.ts [--write]`: holds the public entries of @ballast/core against the checked-in reports of their
 * declarations in packages/core/api, or writes these. Reads what `tsc -b` has emitted.
 */
function main([option]: readonly string[]): number {
  const faults: string[] = [];
  for (const entry of publicEntries(faults)) {
    const file = join(CORE, "api", `${entry}.api.txt`);
    const report = reportOf(entry);
    if (option === "--write") {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, report);
    } else if (!existsSync(file)) faults.push(`${file} is missing; ${HOW_TO_WRITE}`);
    else faults.push(...findDifference(file, readFileSync(file, "utf8"), report));
  }
  for (const fault of faults) console.error(fault);
  return faults.length === 0 ? 0 : 1;
}

/** The folders of core that are entries for others. Each index.ts begins with a comment that says so, or that it is internal. */
function publicEntries(faults: string[]): string[] {
  const folders = globSync("*/index.ts", { cwd: join(CORE, "src") })
    .map(dirname)
    .sort();
  return folders.filter((folder) => {
    const [, tag] = /^\/\*\*[^]*?@(public|internal)\b[^]*?\*\//.exec(readFileSync(join(CORE, "src", folder, "index.ts"), "utf8")) ?? [];
    if (tag === undefined) faults.push(`core/src/${folder}/index.ts must begin with a comment that has @public or @internal`);
    return tag === "public";
  });
}

/** Every exported declaration, without comments; of what these refer to and the entry does not export, the names. */
function reportOf(entry: string): string {
  const { exported, referred } = declarationsOf(join(CORE, "dist", entry, "index.d.ts"));
  const head = `// Public declarations of @ballast/core/${entry}. Written by \`npm run api\`.\n`;
  const others = referred.length === 0 ? "" : `\n// Refers to, and does not export:\n${referred.map((name) => `// ${name}\n`).join("")}`;
  return head + textOf(exported) + others;
}

function textOf(names: readonly DeclaredName[]): string {
  const ordered = [...names].sort((x, y) => (x.name < y.name ? -1 : Number(x.name > y.name)));
  return ordered.map(({ text }) => `\n${text}\n`).join("");
}

/** The first line that differs, with its number, for a reader who knows what they have changed. */
function findDifference(file: string, known: string, report: string): string[] {
  if (known === report) return [];
  const [before, now] = [known.split("\n"), report.split("\n")];
  const line = now.findIndex((text, index) => text !== before[index]);
  const [is = "(the end)", was = "(the end)"] = line < 0 ? [] : [now[line], before[line]];
  return [
    `${file} is not what the sources declare, from line ${line + 1} on:\n  in the report: ${was}\n  declared:      ${is}\n${HOW_TO_WRITE}`,
  ];
}

process.exitCode = main(process.argv.slice(2));
