import { type Command, Option } from "commander";

/** Puts examples under a command's help; each stands alone and can be copied. */
export function addExamples(command: Command, examples: readonly string[]): Command {
  return command.addHelpText("after", `\nExamples:\n${examples.map((example) => `  $ ballast ${example}`).join("\n")}`);
}

export function jsonOption(description: string): Option {
  return new Option("--json", `for machines: ${description}`);
}

export function quietOption(): Option {
  return new Option("--quiet", "no progress on stderr");
}
