import { execFile } from "node:child_process";
import { join } from "node:path";

const MAIN = join(import.meta.dirname, "../../packages/cli/src/main.ts");

/** What `ballast verify --quick --all` says of each run by its id, and its exit code. */
export type QuickCheck = {
  readonly code: number | null;
  readonly told: string;
  readonly intact: ReadonlyMap<string, boolean>;
  readonly lines: ReadonlyMap<string, string>;
};

/** Runs a command of Ballast; never rejects. */
function runBallast(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [MAIN, ...words],
      { env: { ...process.env, ...environment }, maxBuffer: 1 << 26 },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode, stdout, stderr });
      },
    );
  });
}

export async function quickCheck(environment: Readonly<Record<string, string | undefined>>): Promise<QuickCheck> {
  const { code, stdout, stderr } = await runBallast(["verify", "--quick", "--all", "--json", "--quiet"], environment);
  const lines = new Map<string, string>();
  const intact = new Map<string, boolean>();
  for (const line of stdout.split("\n").filter((text) => text.startsWith("{"))) {
    const { runId, intact: isIntact } = JSON.parse(line) as { runId: string; intact: boolean };
    lines.set(runId, line);
    intact.set(runId, isIntact);
  }
  return { code, told: `${code}: ${stderr.slice(0, 600)}`, intact, lines };
}
