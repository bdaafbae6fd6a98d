import { type Command, type CommanderError, Option } from "commander";

/** Options that may be given again: their parsers gather. */
const LISTS = new WeakSet<Option>();

/** Commands whose arguments are for another program. */
const PASSED_ON = new WeakSet<Command>();

/** What the command does not know is an argument for another program, as it is. */
export function passArgumentsOn(command: Command): void {
  command.allowUnknownOption();
  PASSED_ON.add(command);
}

export function passesArgumentsOn(command: Command): boolean {
  return PASSED_ON.has(command);
}

/** An option that may be given again. `parse` gets what was gathered before. */
export function listOption<Gathered>(flags: string, description: string, parse: (text: string, before: Gathered) => Gathered): Option {
  const option = new Option(flags, `${description}; may be given again`).argParser<Gathered>(parse);
  LISTS.add(option);
  return option;
}

/**
 * What holds for every option and argument of every command: none is given twice unless it is a list, and none is empty.
 */
export function applyOptionRules(program: Command): void {
  for (const command of allCommands(program)) {
    for (const option of command.options) checkOption(command, option);
  }
  program.hook("preAction", (_program, command) => {
    if (passesArgumentsOn(command)) return;
    const empty = command.args.findIndex((text) => text.trim() === "");
    if (empty !== -1) command.error(`error: argument '${command.registeredArguments[empty]?.name()}' is empty`);
  });
}

function checkOption(command: Command, option: Option): void {
  let isGiven = false;
  command.on(`option:${option.name()}`, (value: string | null | undefined) => {
    if (isGiven && !LISTS.has(option)) command.error(`error: option '${option.flags}' is given twice; it takes one value`);
    if (typeof value === "string" && value.trim() === "") command.error(`error: option '${option.flags}' has an empty value`);
    isGiven = true;
  });
}

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

/** For an option that the command does not have: which commands have it; undefined if none has. */
export function otherOwners(program: Command, { code, message }: CommanderError): string | undefined {
  const flag = /unknown option '(--?[a-z-]+)/.exec(message)?.[1];
  if (code !== "commander.unknownOption" || flag === undefined) return undefined;
  const owners = allCommands(program).filter(({ options }) => options.some(({ long, short }) => long === flag || short === flag));
  if (owners.length === 0) return undefined;
  const names = owners.map((owner) => (owner === program ? "ballast itself" : pathOf(owner))).join(", ");
  return `(${flag} is an option of: ${names}; it stands behind the command's name)`;
}

/** The words that call it, without `ballast`. */
export function pathOf(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : `${pathOf(parent)} ${command.name()}`;
}
