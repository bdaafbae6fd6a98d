import { createHash } from "node:crypto";
import type { Draws } from "../plan/draws.ts";
import { ask, get, type Reply } from "../actors/api.ts";

/** Something asked about a run, of which an undisturbed run of the same scenario, policy and seed gives the right answer. */
export type Question =
  | { readonly kind: "moment"; readonly position: number }
  | { readonly kind: "time"; readonly timeNs: number }
  | { readonly kind: "export" }
  | { readonly kind: "events"; readonly after: number }
  | { readonly kind: "models" };

/** The answer without what differs from run to run; or the codes and messages of a refusal. */
export type Answer =
  | { readonly kind: "answer"; readonly text: string }
  | { readonly kind: "refused"; readonly codes: readonly string[]; readonly text: string }
  | { readonly kind: "unreachable"; readonly text: string };

/** Some moments by position and by time, pages of events, everything exported, and, where asked for, what was computed from events. */
export function drawQuestions(draws: Draws, head: { position: number; timeNs: number }, count: number, models: boolean): Question[] {
  const position = (): number => draws.between(1, head.position);
  return [
    ...draws.many(count, () => ({ kind: "moment", position: position() }) as const),
    { kind: "time", timeNs: Math.floor(draws.fraction() * head.timeNs) },
    { kind: "events", after: position() - 1 },
    { kind: "export" },
    ...(models ? [{ kind: "models" } as const] : []),
  ];
}

export function describeQuestion(question: Question): string {
  switch (question.kind) {
    case "moment":
      return `position ${question.position}`;
    case "time":
      return `time ${question.timeNs} ns`;
    case "events":
      return `a page of events after ${question.after}`;
    case "export":
      return "all events";
    case "models":
      return "metrics, series and decisions";
  }
}

const TIME = `query ($run: ID!, $time: BigInt!) { run(id: $run) { at(at: { timeNs: $time }) {
  position timeNs host { freePages memoryState swapUsedPages } vms { vm residentPages swappedPages balloonSizePages mappedPages } } } }`;
const EVENTS = `query ($run: ID!, $from: BigInt!) { run(id: $run) { events(first: 50, filter: { fromPosition: $from }) {
  nodes { position timeNs text } pageInfo { hasNextPage } } } }`;
const MODELS = `query ($run: ID!) { run(id: $run) { headPosition headTimeNs digest accesses
  metrics { faults swapIns swapOuts vms { name faults } }
  series(metric: FREE_PAGES) { packed }
  decisions(first: 20) { nodes { position timeNs kind reason } } } }`;

export async function answerTo(url: string | undefined, run: string, question: Question): Promise<Answer> {
  switch (question.kind) {
    case "moment":
      return plain(await get(url, `/runs/${run}/at/${question.position}`), run);
    case "export":
      return exported(await get(url, `/runs/${run}/events.ndjson`));
    case "time":
      return plain(await ask(url, TIME, { run, time: String(question.timeNs) }), run);
    case "events":
      return plain(await ask(url, EVENTS, { run, from: String(question.after + 1) }), run);
    case "models":
      return plain(await ask(url, MODELS, { run }), run);
  }
}

function plain({ status, text, codes }: Reply, run: string): Answer {
  if (status === 0) return { kind: "unreachable", text };
  if (codes.length > 0 || status !== 200) return { kind: "refused", codes, text };
  return { kind: "answer", text: text.replaceAll(run, "<run>") };
}

/** Of an export only the hash is kept. One that breaks off in the middle has no status of its own: it is unreachable. */
function exported(reply: Reply): Answer {
  if (reply.status !== 200) return plain(reply, "<none>");
  return { kind: "answer", text: hashLines(reply.text) };
}

export function hashLines(text: string): string {
  return `${text.split("\n").length - 1} events, ${createHash("sha256").update(text).digest("hex")}`;
}
