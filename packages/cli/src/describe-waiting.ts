import type { Cli } from "./cli.ts";

/** After this time a command says what it waits for. */
const WAITING_MS = 1_500;

/** A server that executes the run answers immediately. */
export async function describeWaiting<Answer>(cli: Cli, id: string, answer: Promise<Answer>): Promise<Answer> {
  const label = `Waiting for a server (\`ballast serve\`) to take the command to run ${id}`;
  const timer = setTimeout(() => cli.progress.update({ label, fraction: undefined }), WAITING_MS);
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
    cli.progress.clear();
  }
}
