import { BallastError } from "@ballast/core/errors";
import { InvalidArgumentError } from "commander";
import { type Assignments, parseAssignment } from "./arguments.ts";

/** A policy as the command line names it. */
export type PolicyChoice = {
  readonly name: string;
  readonly parameters: Assignments;
  /** Missing parameters are the policy's defaults, even if it is the scenario's own policy. */
  readonly fromDefaults: boolean;
};

/** What `--policy` and `--policies` take, for their help. */
export const POLICY_SYNTAX =
  "a policy, with parameters behind colons: esx:taxRate=0.5:periodMs=5000; name:defaults leaves the scenario's own parameters out";

/** `host-swap`, `host-swap:order=lru`, `host-swap:defaults:order=lru`. A value with a comma, colon or blank is quoted. */
export function parsePolicyChoice(text: string): PolicyChoice {
  if (splitOutsideQuotes(text, ",").length > 1) {
    throw new InvalidArgumentError("It takes one policy; `ballast compare --policies` takes several.");
  }
  return readChoice(text.trim());
}

/** Choices with commas between them; given again, the option adds to them. */
export function parsePolicyChoices(text: string, before: readonly PolicyChoice[] = []): readonly PolicyChoice[] {
  const parts = splitOutsideQuotes(text, ",").map((part) => part.trim());
  if (parts.includes("")) throw new InvalidArgumentError("It must be policies with commas between them, such as: a,b,c");
  return [...before, ...parts.map(readChoice)];
}

/** The choice with the parameters of `--set`, too. @throws BallastError INPUT_INVALID for one that is set in both. */
export function withParameters(choice: PolicyChoice, set: Assignments): PolicyChoice {
  for (const name of Object.keys(set)) {
    if (!Object.hasOwn(choice.parameters, name)) continue;
    throw new BallastError("INPUT_INVALID", `${choice.name} sets ${name}, and --set sets it again: leave one of them out.`);
  }
  return { ...choice, parameters: { ...choice.parameters, ...set } };
}

function readChoice(text: string): PolicyChoice {
  const [name = "", ...settings] = splitOutsideQuotes(text, ":").map((part) => part.trim());
  if (name === "") throw new InvalidArgumentError(`"${text}" has no name of a policy before its first colon.`);
  let parameters: Assignments = {};
  let fromDefaults = false;
  for (const setting of settings) {
    if (setting === "defaults") fromDefaults = true;
    else parameters = readSetting(setting, parameters, text);
  }
  return { name, parameters, fromDefaults };
}

function readSetting(setting: string, before: Assignments, text: string): Assignments {
  const at = setting.indexOf("=");
  if (at < 1) {
    throw new InvalidArgumentError(`"${setting}" in "${text}" must be name=value, or the word defaults. ${QUOTING}`);
  }
  const [name, value] = [setting.slice(0, at).trim(), setting.slice(at + 1).trim()];
  if (!value.startsWith('"')) return parseAssignment(setting, before);
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`It sets ${name} twice.`);
  return { ...before, [name]: readQuoted(value) };
}

const QUOTING = 'A value with a comma, a colon or a blank stands in double quotes: name:parameter="a,b".';

function readQuoted(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw new InvalidArgumentError(`${value} is not a text in double quotes. ${QUOTING}`);
  }
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts = [""];
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (isQuoted && letter === "\\") parts.push(parts.pop()! + letter + (text[++at] ?? ""));
    else if (letter === separator && !isQuoted) parts.push("");
    else {
      if (letter === '"') isQuoted = !isQuoted;
      parts.push(parts.pop()! + letter);
    }
  }
  if (isQuoted) throw new InvalidArgumentError(`"${text}" has a double quote that is not closed.`);
  return parts;
}
