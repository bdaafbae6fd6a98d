import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const MAIN = join(import.meta.dirname, "../../packages/cli/src/main.ts");
const CLOCK = join(import.meta.dirname, "clock-shift.ts");

export type ServerOptions = {
  /** Settings of the server; nothing else of this process' environment reaches it but PATH and HOME. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
};

/** How a server process ended, and whether it was told to. */
type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };
type End = Exit & { readonly wasAsked: boolean };

/** A start that fails because its Postgres is away is tried again, as a supervisor would. */
const RESTART_MS = 200;
const START_PATIENCE_MS = 60_000;

/** Every server that was started and not ended, so that none outlives a simulation that is broken off. */
const running = new Set<ServerProcess>();

export async function killAllServers(): Promise<void> {
  await Promise.all([...running].map((server) => server.abandon()));
}

/** `ballast serve`, kept running as by a supervisor: it is started again whenever it was ended by a fault. */
export class ServerProcess {
  readonly #options: ServerOptions;
  #child: ChildProcess | undefined;
  #url: string | undefined;
  #isWanted = false;
  /** All that the processes have written to stderr, line by line. */
  readonly lines: string[] = [];
  /** Unexpected exits. */
  readonly surprises: string[] = [];

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  /** Undefined while it is not listening. */
  get url(): string | undefined {
    return this.#url;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Memory that the process holds, in KiB; undefined where it does not run or the system does not say. */
  residentKib(): number | undefined {
    try {
      const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${this.pid}/status`, "utf8")) ?? [];
      return kib === undefined ? undefined : Number(kib);
    } catch {
      return undefined;
    }
  }

  /** As it was given; undefined where it runs a Postgres of its own. */
  get databaseUrl(): string | undefined {
    return this.#options.environment["DATABASE_URL"];
  }

  /** Comes back when it listens. @throws Error with what it wrote if it cannot be started. */
  async start(): Promise<string> {
    this.#isWanted = true;
    running.add(this);
    const deadline = performance.now() + START_PATIENCE_MS;
    for (;;) {
      const url = await this.#startOnce();
      if (url !== undefined) return url;
      if (!this.#isWanted || performance.now() > deadline) {
        throw new Error(`the server did not start; it wrote last:\n${this.lines.slice(-12).join("\n")}`);
      }
      await sleep(RESTART_MS);
    }
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** SIGTERM; the exit code must be 0 or 143. */
  async stop(): Promise<void> {
    this.#isWanted = false;
    running.delete(this);
    const end = await this.#end("SIGTERM");
    if (end !== undefined && end.code !== 0 && end.code !== 143) this.surprises.push(`ended with ${end.signal ?? end.code} at SIGTERM`);
  }

  /** SIGKILL, and not started again. */
  async abandon(): Promise<void> {
    this.#isWanted = false;
    running.delete(this);
    await this.#end("SIGKILL");
  }

  signal(name: NodeJS.Signals): void {
    this.#child?.kill(name);
  }

  async #startOnce(): Promise<string | undefined> {
    const child = this.#spawn();
    this.#child = child;
    let wasAsked = false;
    child.once("asked", () => (wasAsked = true));
    const ended = onceExited(child).then((exit) => this.#onEnd(child, { ...exit, wasAsked }));
    const url = await Promise.race([listening(child), ended.then(() => undefined)]);
    if (url !== undefined) this.#url = url;
    return url;
  }

  #spawn(): ChildProcess {
    const { environment, folder } = this.#options;
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, ["--import", CLOCK, MAIN, "serve", "--no-sample"], {
      cwd: folder,
      env: { PATH, HOME, BALLAST_LOG_LEVEL: "warn", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let rest = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      this.lines.push(...lines.filter((line) => line !== ""));
    });
    return child;
  }

  #onEnd(child: ChildProcess, { code, signal, wasAsked }: End): void {
    if (this.#child !== child) return;
    const hadStarted = this.#url !== undefined;
    this.#url = undefined;
    this.#child = undefined;
    if (wasAsked || !hadStarted) return;
    this.surprises.push(`ended by itself with ${signal ?? code}; it wrote last: ${this.lines.slice(-3).join(" | ")}`);
    if (this.#isWanted) void this.start().catch((error: unknown) => this.surprises.push(String(error)));
  }

  async #end(signal: NodeJS.Signals): Promise<Exit | undefined> {
    const child = this.#child;
    if (child === undefined) return undefined;
    const ended = onceExited(child);
    child.emit("asked");
    child.kill(signal);
    return await ended;
  }
}

async function onceExited(child: ChildProcess): Promise<Exit> {
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  return { code, signal };
}

/** The address that the server prints once it listens. */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      const [, url] = /(http:\/\/127\.0\.0\.1:\d+)\/graphql/.exec(text) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
}
