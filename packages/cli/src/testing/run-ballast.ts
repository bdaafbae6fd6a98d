import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { LAUNCHER_VARIABLE } from "@ballast/processes";

export type Finished = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type Started = {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Waits until stdout or stderr has said something that matches; fails with everything said if it ends before. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
};

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

/** The environment of a command, without what this machine's own settings would bring in. It ends with the test's process. */
function environmentOf(given: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE } = process.env;
  return { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE, [LAUNCHER_VARIABLE]: String(process.pid), ...given };
}

/** Starts the command line as people do: a process of its own, its output piped. */
export function startBallast(words: readonly string[], environment: Readonly<Record<string, string>>, folder?: string): Started {
  const child = spawn(process.execPath, [MAIN, ...words], {
    env: environmentOf(environment),
    stdio: ["ignore", "pipe", "pipe"],
    ...(folder === undefined ? {} : { cwd: folder }),
  });
  let stdout = "";
  let stderr = "";
  const listeners = new Set<() => void>();
  const hear = (): void => {
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    hear();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    hear();
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  const said = async (pattern: RegExp): Promise<RegExpExecArray> => {
    const heard = new Promise<RegExpExecArray>((resolve) => {
      const listener = (): void => {
        const match = pattern.exec(stdout) ?? pattern.exec(stderr);
        if (match !== null) resolve(match);
      };
      listeners.add(listener);
      listener();
    });
    const ended = finished.then(({ code }) => {
      throw new Error(`ballast ${words.join(" ")} ended with ${code} before it said ${pattern}:\n${stdout}\n${stderr}`);
    });
    return await Promise.race([heard, ended]);
  };
  return { child, finished, said };
}

export async function runBallast(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  folder?: string,
): Promise<Finished> {
  return await startBallast(words, environment, folder).finished;
}
