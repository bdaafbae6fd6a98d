/**
 * Records the programs of traces.json with valgrind (3.19 or newer, on PATH) and writes their files and figures again:
 *
 *     node traces/record.ts          all of them
 *     node traces/record.ts sort     this one
 *
 * Needs the programs themselves; what they are called with, and their versions, stand in traces.json and README.md.
 */
import { spawn, spawnSync, type StdioOptions } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import { createTraceParser, formatOriginalPage, TraceRecorder } from "../packages/core/src/trace/index.ts";
import { TraceDigest } from "../packages/server/src/traces/trace-digest.ts";

type Recording = {
  readonly name: string;
  readonly file: string;
  readonly prepare: string;
  readonly command: readonly [program: string, ...arguments: string[]];
  version: string;
  referenceCount: number;
  pageCount: number;
  digest: string;
};

const folder = import.meta.dirname;
const listFile = join(folder, "traces.json");
/** Nothing of the environment of the person who records: it lies on the program's stack and would shift every address. */
const environment = { LC_ALL: "C", PATH: "/usr/bin:/bin", PERL_HASH_SEED: "0" };
const kindLetters = "ILSM";

const compression = {
  params: {
    [constants.ZSTD_c_compressionLevel]: 19,
    [constants.ZSTD_c_windowLog]: 27,
    [constants.ZSTD_c_enableLongDistanceMatching]: 1,
    [constants.ZSTD_c_checksumFlag]: 1,
  },
};

const recordings = JSON.parse(await readFile(listFile, "utf8")) as Recording[];
const wanted = new Set(process.argv.slice(2));
for (const recording of recordings) {
  if (wanted.size > 0 && !wanted.has(recording.name)) continue;
  await record(recording);
  await writeFile(listFile, `${JSON.stringify(recordings, undefined, 2)}\n`);
  console.log(`${recording.name}: ${recording.referenceCount} references to ${recording.pageCount} pages`);
}

async function record(recording: Recording): Promise<void> {
  const workFolder = await mkdtemp(join(tmpdir(), "ballast-record-"));
  try {
    const log = join(workFolder, "log.lackey");
    await runUnderValgrind(recording, workFolder, log);
    await reduce(recording, log);
    recording.version = versionOf(recording.command[0]);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function runUnderValgrind({ prepare, command }: Recording, cwd: string, log: string): Promise<void> {
  spawnSync("sh", ["-ec", prepare], { cwd, env: environment, stdio: ["ignore", "ignore", "inherit"] });
  const options = ["--tool=lackey", "--trace-mem=yes", `--log-file=${log}`];
  const stdio: StdioOptions = ["ignore", "ignore", "inherit"];
  const child = spawn("valgrind", [...options, ...command], { cwd, env: environment, stdio });
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("exit", resolve));
  if (code !== 0) throw new Error(`valgrind ${command.join(" ")} ended with ${String(code)}`);
}

/** Writes the log as it is, or as page numbers: the same references with the places within pages left out. */
async function reduce(recording: Recording, log: string): Promise<void> {
  const digest = new TraceDigest();
  const blocks: Uint32Array[] = [];
  const recorder = new TraceRecorder(recording.file, (references) => {
    digest.addReferences(references);
    blocks.push(references.slice());
  });
  const parser = createTraceParser({ format: "lackey", recorder, file: log });
  for await (const bytes of createReadStream(log)) await parser.feed(bytes as Uint8Array);
  await parser.finish();
  recording.referenceCount = recorder.referenceCount;
  recording.pageCount = recorder.pageCount;
  recording.digest = digest.finish(recorder.originalPages());
  const text = recording.file.includes(".lackey") ? createReadStream(log) : pageNumbers(recorder, blocks);
  await pipeline(text, createZstdCompress(compression), createWriteStream(join(folder, recording.file)));
}

function* pageNumbers(recorder: TraceRecorder, blocks: readonly Uint32Array[]): Generator<string> {
  const originals = recorder.originalPages();
  const pages = Array.from({ length: recorder.pageCount }, (_, page) => formatOriginalPage(originals, page));
  for (const block of blocks) {
    let text = "";
    for (const reference of block) text += `${kindLetters[reference & 3]} ${pages[reference >>> 2]}\n`;
    yield text;
  }
}

/** What the program and valgrind say of themselves. */
function versionOf(program: string): string {
  const ofProgram = firstLineOf(program, program === "mawk" ? "-Wversion" : "--version");
  return `${ofProgram}; ${firstLineOf("valgrind", "--version")}`;
}

function firstLineOf(program: string, flag: string): string {
  const { stdout, stderr } = spawnSync(program, [flag], { env: environment, encoding: "utf8" });
  const lines = `${stdout}\n${stderr}`.split("\n").map((line) => line.trim());
  return lines.find((line) => line !== "") ?? "";
}
