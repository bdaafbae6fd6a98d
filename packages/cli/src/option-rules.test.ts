import type { Argument, Command, Option } from "commander";
import { describe, expect, test } from "vitest";
import type { Cli } from "./cli.ts";
import { passesArgumentsOn, pathOf } from "./option-rules.ts";
import { createProgram } from "./program.ts";
import { callBallast } from "./testing/call-ballast.ts";

/** Values of which each option takes at least one. */
const VALUES = ["1", "a=1", "pageColumn=3", "PageStolen", "latest", "30d", "2026-11-23", "2s"];
/** Those that `--help` says may be given again. */
const LISTS = [
  "backup --run",
  "capacity --policies",
  "compare --policies",
  "compare --set",
  "import --csv",
  "restore --run",
  "run --set",
  "sweep --policy",
  "sweep --set",
];

const commands = leaves(createProgram({} as Cli, "0.0.0", () => undefined));
const options = commands.flatMap((command) => command.options.map((option) => [command, option] as const));

function leaves(command: Command): Command[] {
  return command.commands.flatMap((part) => (part.commands.length === 0 ? [part] : leaves(part)));
}

/** What the parser tells of a command line; no command does anything. "" if it finds nothing wrong. */
async function usageOf(words: readonly string[]): Promise<string> {
  let told = "";
  const program = createProgram({} as Cli, "0.0.0", (text) => (told += text));
  for (const command of leaves(program)) command.action(() => undefined);
  await program.parseAsync(words, { from: "user" }).catch(() => undefined);
  return told;
}

function takes(option: Option | Argument, text: string): boolean {
  try {
    option.parseArg?.(text, undefined);
    return true;
  } catch {
    return false;
  }
}

/** The option as words, with a value that it takes. */
function wordsOf(option: Option): string[] {
  if (!option.required) return [String(option.long)];
  const value = [...(option.argChoices ?? []), ...VALUES].find((text) => takes(option, text));
  return [String(option.long), String(value)];
}

function argumentOf(argument: Argument): string {
  return ["x", ...VALUES].find((text) => takes(argument, text)) ?? "x";
}

/** A whole line: its path, an argument for each that it takes, `given`, and the options that it cannot do without. */
function lineOf(command: Command, { argument, given = [] }: { argument?: string; given?: readonly string[] }): string[] {
  const needed = command.options.filter(({ mandatory, long }) => mandatory && !given.some((word) => word.split("=")[0] === long));
  return [
    ...pathOf(command).split(" "),
    ...command.registeredArguments.map((declared) => argument ?? argumentOf(declared)),
    ...given,
    ...needed.flatMap(wordsOf),
  ];
}

const titled = options.map(([command, option]) => [`${pathOf(command)} ${option.long}`, command, option] as const);

/** The oracle is the list of options that the program itself declares. */
describe("an option", () => {
  test("may be given again only where its help says so", () => {
    const lists = titled.filter(([, , option]) => option.description.includes("may be given again"));
    expect(lists.map(([title]) => title).sort()).toEqual(LISTS);
  });

  test.each(titled.filter(([title]) => !LISTS.includes(title)))("%s given twice is refused", async (_title, command, option) => {
    const words = lineOf(command, { given: [...wordsOf(option), ...wordsOf(option)] });
    expect(await usageOf(words)).toContain(`option '${option.flags}' is given twice`);
  });

  test.each(titled.filter(([, , option]) => option.required))("%s with an empty value is refused", async (_title, command, option) => {
    for (const empty of ["", " "]) {
      expect(await usageOf(lineOf(command, { given: [`${option.long}=${empty}`] }))).toMatch(/has an empty value|is invalid/);
    }
  });

  test("given once is taken, so that the refusals below are those of the second", async () => {
    for (const [title, command, option] of titled) expect(await usageOf(lineOf(command, { given: wordsOf(option) })), title).toBe("");
  });

  test("of another command is refused, and that command is named", async () => {
    const { code, stderr } = await callBallast(["runs", "--policies", "a,b"]);
    expect(code).toBe(2);
    expect(stderr).toContain("unknown option '--policies'");
    expect(stderr).toContain("(--policies is an option of: compare, capacity, mrc, pages;");
    const json = await callBallast(["--json", "runs"]);
    expect(JSON.parse(json.stderr)).toMatchObject({
      error: { code: "INPUT_INVALID", message: expect.stringContaining("--json is an option of: run,") },
    });
  });
});

describe("an argument", () => {
  const own = commands.filter((command) => !passesArgumentsOn(command));

  test.each(own.map((command) => [pathOf(command), command] as const))("too many for %s is refused", async (_path, command) => {
    expect(await usageOf(lineOf(command, { given: ["x"] }))).toContain("too many arguments");
  });

  const withArgument = own.filter(({ registeredArguments }) => registeredArguments.length > 0);
  test.each(withArgument.map((command) => [pathOf(command), command] as const))(
    "that is empty is refused by %s",
    async (_path, command) => {
      expect(await usageOf(lineOf(command, { argument: "" }))).toMatch(/is empty|is invalid/);
    },
  );

  test("for another program is passed on, however many and empty or not", async () => {
    const others = commands.filter(passesArgumentsOn);
    expect(others.map(pathOf)).toEqual(["psql"]);
    for (const command of others) expect(await usageOf([...pathOf(command).split(" "), "", "--unknown", "x"])).toBe("");
  });
});
