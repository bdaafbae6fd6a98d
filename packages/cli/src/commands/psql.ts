import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { addExamples } from "../command-description.ts";
import { ChildEnded } from "../exit-code.ts";
import { passArgumentsOn } from "../option-rules.ts";
import { runPsql } from "../psql/run-psql.ts";

export function addPsqlCommand(program: Command, cli: Cli): void {
  const command = program
    .command("psql")
    .description("open the database with the psql of this machine; the embedded Postgres runs at least as long")
    .argument("[arguments...]", "for psql; behind -- also those that Ballast has itself, such as --help")
    .option("--print-url", "print the database's URL, with its password, instead")
    .helpOption(false)
    .action((words: string[], options: { readonly printUrl?: true }) =>
      asksForHelp(words) ? command.help() : openDatabase(cli, command, wordsForPsql(words), options.printUrl === true),
    );
  passArgumentsOn(command);
  addExamples(command, ["psql", 'psql -c "select count(*) from runs"', "psql --print-url"]);
}

/** Commander would take it for its own behind a -- as well. */
function asksForHelp(words: readonly string[]): boolean {
  const [help, end] = [words.indexOf("--help"), words.indexOf("--")];
  return help !== -1 && (end === -1 || help < end);
}

/** Without the -- that keeps Ballast from taking what follows for its own. */
function wordsForPsql(words: readonly string[]): string[] {
  const at = words.indexOf("--");
  return at === -1 ? [...words] : [...words.slice(0, at), ...words.slice(at + 1)];
}

async function openDatabase(cli: Cli, command: Command, words: readonly string[], printsUrl: boolean): Promise<void> {
  if (printsUrl && words.length > 0) command.error("error: --print-url takes no arguments for psql");
  const { configurationOf } = await import("../configuration-of.ts");
  const { findDatabase } = await import("@ballast/server/database-place");
  const notice = ({ what }: { readonly what: string }): void => cli.progress.say(what);
  const database = await findDatabase(configurationOf(cli), (message) => cli.progress.hint(message), notice);
  try {
    cli.progress.clear();
    if (printsUrl) await printUrl(cli, database);
    else await endAs(await runPsql(cli, database, words));
  } finally {
    await database.leave();
  }
}

async function printUrl(
  { output, progress }: Cli,
  { url, isEmbedded }: { readonly url: string; readonly isEmbedded: boolean },
): Promise<void> {
  await output.line(url);
  if (isEmbedded) progress.say("It answers while a Ballast process runs, such as `ballast serve`.");
}

async function endAs(code: number): Promise<void> {
  if (code !== 0) throw new ChildEnded(code);
}
