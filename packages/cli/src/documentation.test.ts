import { readdirSync, readFileSync } from "node:fs";
import { Writable } from "node:stream";
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { SETTINGS } from "@ballast/server/configuration";
import type { Cli } from "./cli.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { pathOf } from "./option-rules.ts";
import { Output } from "./output/output.ts";
import { Progress } from "./output/progress.ts";
import { createProgram } from "./program.ts";

const root = new URL("../../../", import.meta.url);
const page = readFileSync(new URL("docs/cli.md", root), "utf8");
const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
const cli: Cli = {
  output: new Output(nowhere),
  progress: new Progress(nowhere, true),
  signal: new AbortController().signal,
  handOver: () => () => undefined,
  environment: {},
  folder: "/",
};
const commands = leaves(createProgram(cli, "0.0.0", () => undefined));

/** The oracle is the program itself: what it accepts is what docs/cli.md has to say. */
describe("docs/cli.md", () => {
  test.each(commands.map((command) => [pathOf(command), command] as const))("tells every option of %s", (name, command) => {
    const row = page.split("\n").find((line) => line.startsWith(`| \`ballast ${name} `) || line.startsWith(`| \`ballast ${name}\``));
    const told = new Set(row?.match(/--[a-z-]+/g) ?? []);
    expect([...told].sort()).toEqual(optionsOf(command));
  });

  test("tells every exit code and what it means", () => {
    for (const { code, description } of Object.values(EXIT_CODES)) expect(page).toContain(`| ${code} | ${description} |`);
  });

  test("tells every setting, where it is given and what it means", () => {
    for (const { variable, description } of Object.values(SETTINGS)) {
      expect(page.split("\n").some((line) => line.startsWith(`| \`${variable}\` |`) && line.endsWith(`| ${description} |`))).toBe(true);
    }
  });

  test("and every other document and message names only commands and options that exist", () => {
    expect(advisingFiles().flatMap(wrongAdviceOf)).toEqual([]);
  });

  test("tells nothing of a command that does not exist", () => {
    const told = [...page.matchAll(/^\| `ballast ([a-z-]+(?: [a-z]+)?)/gm)].map(([, name = ""]) => name);
    expect(told.sort()).toEqual(commands.map(pathOf).sort());
  });
});

/** Words of command lines that the program would refuse. */
function wrongAdviceOf(file: string): string[] {
  const text = readFileSync(new URL(file, root), "utf8");
  const advice = text.matchAll(/(?:`|npx |: |\$ )ballast ([a-z-]+(?: [a-z]+)?)[^`\n"]*/g);
  return [...advice].flatMap(([words, names = ""]) => {
    const command = commands.find((known) => names === pathOf(known) || names.startsWith(`${pathOf(known)} `));
    if (command === undefined) return [`${file}: ${words}`];
    const options = new Set(["--help", ...optionsOf(command)]);
    const unknown = (words.match(/--[a-z][a-z-]*/g) ?? []).filter((option) => !options.has(option));
    return unknown.map((option) => `${file}: ${option} in ${words}`);
  });
}

/** Where people are told what to do: messages in the sources, and documents. */
function advisingFiles(): string[] {
  const isAdvising = (name: string): boolean => /\.(md|ts)$/.test(name) && !/\.test\.ts$|node_modules/.test(name);
  const below = (folder: string): string[] =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`);
  const sources = ["core", "embedded-postgres", "fidelity", "server", "cli"].map((name) => `packages/${name}/src`);
  return ["README.md", ...["docs", ...sources].flatMap(below)].filter(isAdvising);
}

/** Those that do something: not `delete`, but `delete run`. */
function leaves(command: Command): Command[] {
  return command.commands.flatMap((part) => (part.commands.length === 0 ? [part] : leaves(part)));
}

function optionsOf(command: Command): string[] {
  return command.options.map((option) => option.long ?? "").sort();
}
