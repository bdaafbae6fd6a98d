import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { drawBadScenario, drawBadTrace } from "../plan/bad-inputs.ts";
import { drawDocument } from "../plan/documents.ts";
import { Draws } from "../plan/draws.ts";
import { drawRawRequest } from "../plan/raw-request.ts";
import type { NuisancePlan } from "../plan/round.ts";
import { ask, type Reply } from "./api.ts";

export type NuisanceResult = { readonly sent: number; readonly answered: number; readonly faults: readonly string[] };

const START =
  "mutation ($input: StartRunInput!) { startRun(input: $input) { ... on RunPayload { run { id } } ... on Error { code message } } }";
const DELETE = "mutation ($run: ID!) { deleteRun(input: { run: $run }) { ... on Error { code message } } }";
const IMPORT = "mutation ($input: ImportTraceInput!) { importTrace(input: $input) { ... on Error { code message } } }";
const RAW_PATIENCE_MS = 300;
const DOWN_MS = 50;

/** Sends invalid requests, one after the other, until all were sent or it is ended. */
export class Nuisances {
  readonly #plan: NuisancePlan;
  readonly #url: () => string | undefined;
  readonly #faults: string[] = [];
  #sent = 0;
  #answered = 0;
  #isEnded = false;
  readonly #done: Promise<void>;

  constructor(plan: NuisancePlan, url: () => string | undefined) {
    this.#plan = plan;
    this.#url = url;
    this.#done = this.#send();
    // It is waited for later, and fails then.
    this.#done.catch(() => undefined);
  }

  async finish(): Promise<NuisanceResult> {
    this.#isEnded = true;
    await this.#done;
    return { sent: this.#sent, answered: this.#answered, faults: this.#faults };
  }

  async #send(): Promise<void> {
    const { seed, rawRequests, documents, badScenarios, badTraces } = this.#plan;
    const draws = new Draws(seed, "nuisances");
    const acts = [
      ...draws.many(rawRequests, () => () => this.#sendRaw(drawRawRequest(draws))),
      ...draws.many(documents, () => () => this.#sendDocument(drawDocument(draws))),
      ...draws.many(badScenarios, () => () => this.#startBad(drawBadScenario(draws))),
      ...draws.many(badTraces, () => () => this.#note("a bad trace", ask(this.#url(), IMPORT, { input: importOf(draws) }))),
    ];
    while (acts.length > 0 && !this.#isEnded) {
      const [act] = acts.splice(draws.between(0, acts.length - 1), 1);
      while (this.#url() === undefined && !this.#isEnded) await sleep(DOWN_MS);
      await act?.();
      await sleep(draws.between(0, 60));
    }
  }

  async #sendRaw(bytes: Buffer): Promise<void> {
    const url = this.#url();
    if (url === undefined) return;
    this.#sent++;
    const text = await exchange(Number(new URL(url).port), bytes);
    if (text !== "") this.#answered++;
    if (/INTERNAL|^HTTP\/1\.1 5(?!03)/.test(text))
      this.#faults.push(`the bytes ${JSON.stringify(bytes.toString("latin1"))} were answered: ${text.slice(0, 300)}`);
  }

  async #sendDocument(query: string): Promise<void> {
    await this.#note(`the document ${query.slice(0, 200)} (${query.length} characters)`, ask(this.#url(), query));
  }

  async #startBad(scenario: unknown): Promise<void> {
    const reply = await ask(this.#url(), START, { input: { scenario: { json: scenario }, paused: true } });
    await this.#note(`the scenario ${JSON.stringify(scenario).slice(0, 400)}`, Promise.resolve(reply));
    const [, run] = /"run":\{"id":"([^"]+)"/.exec(reply.text) ?? [];
    if (run !== undefined) await this.#note("deleteRun", ask(this.#url(), DELETE, { run }));
  }

  async #note(what: string, asked: Promise<Reply>): Promise<void> {
    this.#sent++;
    const { status, text, codes } = await asked;
    if (status !== 0) this.#answered++;
    if (status === 500 || codes.includes("INTERNAL") || text.includes('"INTERNAL"'))
      this.#faults.push(`${what} was answered: ${status} ${text.slice(0, 300)}`);
  }
}

function importOf(draws: Draws): object {
  const { name, base64, format } = drawBadTrace(draws);
  return { name, content: { base64 }, ...(format === undefined ? {} : { format }) };
}

/** All that comes back within a while; empty if the connection ends without a word. */
async function exchange(port: number, bytes: Buffer): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port });
  let text = "";
  socket.on("error", () => undefined);
  socket.on("data", (part) => (text += part.toString("latin1")));
  socket.write(bytes);
  const timer = setTimeout(() => socket.destroy(), RAW_PATIENCE_MS);
  await new Promise((resolve) => socket.once("close", resolve));
  clearTimeout(timer);
  return text;
}
