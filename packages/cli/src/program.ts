import { Command } from "commander";
import type { Cli } from "./cli.ts";
import { addBackupCommand } from "./commands/backup.ts";
import { addCapacityCommand } from "./commands/capacity.ts";
import { addCompareCommand } from "./commands/compare.ts";
import { addControlCommands } from "./commands/control.ts";
import { addDecisionsCommand } from "./commands/decisions.ts";
import { addDeleteCommand } from "./commands/delete.ts";
import { addDiffCommand } from "./commands/diff.ts";
import { addEventsCommand } from "./commands/events.ts";
import { addExperimentsCommand } from "./commands/experiments.ts";
import { addExportTraceCommand } from "./commands/export-trace.ts";
import { addHistoryCommand } from "./commands/history.ts";
import { addImportCommand } from "./commands/import.ts";
import { addMrcCommand } from "./commands/mrc.ts";
import { addPagesCommand } from "./commands/pages.ts";
import { addPerfettoCommand } from "./commands/perfetto.ts";
import { addPoliciesCommand } from "./commands/policies.ts";
import { addPsqlCommand } from "./commands/psql.ts";
import { addRebuildCommand } from "./commands/rebuild.ts";
import { addReproduceCommand } from "./commands/reproduce.ts";
import { addRestoreCommand } from "./commands/restore.ts";
import { addRunCommand } from "./commands/run.ts";
import { addRunsCommand } from "./commands/runs.ts";
import { addScenariosCommand } from "./commands/scenarios.ts";
import { addSendCommands } from "./commands/send.ts";
import { addSeriesCommand } from "./commands/series.ts";
import { addServeCommand } from "./commands/serve.ts";
import { addShowCommand } from "./commands/show.ts";
import { addStateCommand } from "./commands/state.ts";
import { addStatusCommand } from "./commands/status.ts";
import { addSweepCommand } from "./commands/sweep.ts";
import { addTokenCommand } from "./commands/token.ts";
import { addTracesCommand } from "./commands/traces.ts";
import { addTranslateCommand } from "./commands/translate.ts";
import { addVerifyCommand } from "./commands/verify.ts";
import { addWorkerCommand } from "./commands/worker.ts";
import { applyOptionRules } from "./option-rules.ts";

/** The whole command line. Wrong usage throws a CommanderError; `tellUsage` gets its message for people before that. */
export function createProgram(cli: Cli, version: string, describeUsage: (text: string) => void): Command {
  const program = new Command("ballast")
    .configureOutput({ writeErr: describeUsage })
    .description("A simulator of memory overcommitment that can restore any moment of a run.")
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print help; `ballast <command> --help` shows examples")
    .helpCommand("help [command]", "print the help of a command")
    .showHelpAfterError("(add --help to see what is allowed)")
    .exitOverride();
  addServeCommand(program, cli);
  addWorkerCommand(program, cli);
  addRunCommand(program, cli);
  addCompareCommand(program, cli);
  addSweepCommand(program, cli);
  addCapacityCommand(program, cli);
  addRunsCommand(program, cli);
  addExperimentsCommand(program, cli);
  addStatusCommand(program, cli);
  addShowCommand(program, cli);
  addEventsCommand(program, cli);
  addHistoryCommand(program, cli);
  addDecisionsCommand(program, cli);
  addSeriesCommand(program, cli);
  addPerfettoCommand(program, cli);
  addStateCommand(program, cli);
  addTranslateCommand(program, cli);
  addDiffCommand(program, cli);
  addControlCommands(program, cli);
  addSendCommands(program, cli);
  addVerifyCommand(program, cli);
  addRebuildCommand(program, cli);
  addScenariosCommand(program, cli);
  addPoliciesCommand(program, cli);
  addTracesCommand(program, cli);
  addImportCommand(program, cli);
  addExportTraceCommand(program, cli);
  addMrcCommand(program, cli);
  addPagesCommand(program, cli);
  addDeleteCommand(program, cli);
  addBackupCommand(program, cli);
  addRestoreCommand(program, cli);
  addTokenCommand(program, cli);
  addReproduceCommand(program, cli);
  addPsqlCommand(program, cli);
  applyOptionRules(program);
  return program;
}
