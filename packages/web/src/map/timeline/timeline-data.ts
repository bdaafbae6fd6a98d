import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";
import { isAbort } from "../../api/api-error.ts";
import { ask } from "../../api/ask.ts";
import type { Document } from "../../api/document.ts";
import { askImmutable } from "../../api/immutable-answers.ts";
import { isFinal } from "../../run/run-head.ts";
import type { MapModel } from "../map-model.ts";
import { type Steps, unpackSeries } from "./resample.ts";
import type { Span } from "./time-scale.ts";
import {
  HostSeries,
  MemoryMarks,
  type MemoryMarksQuery,
  TimelineDecisions,
  type TimelineDecisionsQuery,
  VmSeries,
} from "./timeline.generated.ts";

export type TimelineDecision = NonNullable<TimelineDecisionsQuery["run"]>["decisions"]["nodes"][number];

export type VmCurves = { readonly vm: number; readonly faults: Steps; readonly balloonSize: Steps; readonly balloonTarget: Steps };

export type MemoryMark = NonNullable<MemoryMarksQuery["run"]>["scenario"]["memoryMarks"][number];

export type Curves = { readonly freePages: Steps; readonly memoryState: Steps; readonly vms: readonly VmCurves[] };

const POINTS = 1_000;
/** Lists of decisions end here: a longer one has a tick in every pixel anyway. */
const MAX_DECISIONS = 20_000;
const PAUSE_MS = 150;
/** A run that goes on is asked again this often at most. */
const REFRESH_MS = 1_000;

/** What the timeline shows of a run, asked again where the span or the run's end moves. */
export class TimelineData {
  readonly curves = signal<Curves | undefined>(undefined);
  readonly marks = signal<readonly MemoryMark[]>([]);
  readonly decisions = signal<readonly TimelineDecision[]>([]);
  readonly error = signal<unknown>(undefined);
  #after: string | null = null;
  #isListing = false;

  /** Returns what ends it. */
  follow(model: MapModel, span: ReadonlySignal<Span>, vms: ReadonlySignal<readonly number[]>): () => void {
    let [asked, timer, hasAsked]: [AbortController, ReturnType<typeof setTimeout> | undefined, number] = [
      new AbortController(),
      undefined,
      0,
    ];
    let isAsking = false;
    const marking = new AbortController();
    askImmutable(MemoryMarks, { run: model.run.peek().id }, marking.signal).then(
      ({ run }) => (this.marks.value = run?.scenario.memoryMarks ?? []),
      (error: unknown) => (isAbort(error) ? undefined : (this.error.value = error)),
    );
    const askNow = (): void => {
      timer = undefined;
      // A server that is slow to answer is not asked anew before it has.
      if (isAsking && !isFinal(model.run.peek())) return void (timer = setTimeout(askNow, PAUSE_MS));
      asked.abort();
      asked = new AbortController();
      hasAsked = Date.now();
      isAsking = true;
      const { signal: current } = asked;
      void this.#askCurves(model, span.peek(), vms.peek(), current).finally(() => (isAsking = isAsking && current !== asked.signal));
      void this.#listDecisions(model);
    };
    const end = effect(() => {
      // What the questions depend on.
      void [span.value, vms.value];
      const isDone = isFinal(model.run.value);
      // While the run goes on the question that waits is not put off, or it would never be asked.
      if (timer !== undefined && !isDone) return;
      clearTimeout(timer);
      const rest = isDone || hasAsked === 0 ? 0 : hasAsked + REFRESH_MS - Date.now();
      timer = setTimeout(askNow, hasAsked === 0 ? 0 : Math.max(PAUSE_MS, rest));
    });
    return () => {
      end();
      clearTimeout(timer);
      marking.abort();
      asked.abort();
    };
  }

  async #askCurves(model: MapModel, { fromNs, toNs }: Span, vms: readonly number[], abort: AbortSignal): Promise<void> {
    const { id } = model.run.peek();
    const variables = { run: id, fromNs: String(fromNs), toNs: String(toNs), points: POINTS };
    // What a run that goes on answers is not what it answers a moment later.
    const put = <Data, Variables>(document: Document<Data, Variables>, given: Variables): Promise<Data> =>
      isFinal(model.run.peek()) ? askImmutable(document, given, abort) : ask(document, given, abort);
    try {
      const [host, ...ofVms] = await Promise.all([
        put(HostSeries, variables),
        ...vms.map(async (vm) => ({ vm, answer: await put(VmSeries, { ...variables, vm }) })),
      ]);
      if (abort.aborted || host.run === null) return;
      const { freePages, memoryState } = host.run;
      batch(() => {
        this.error.value = undefined;
        this.curves.value = {
          freePages: unpackSeries(freePages.packed),
          memoryState: unpackSeries(memoryState.packed),
          vms: ofVms.map(({ vm, answer }) => ({
            vm,
            faults: unpackSeries(answer.run?.faults.packed ?? ""),
            balloonSize: unpackSeries(answer.run?.balloonSize.packed ?? ""),
            balloonTarget: unpackSeries(answer.run?.balloonTarget.packed ?? ""),
          })),
        };
      });
    } catch (error) {
      if (!isAbort(error)) this.error.value = error;
    }
  }

  /** Goes on behind the decisions that are there. */
  async #listDecisions(model: MapModel): Promise<void> {
    if (this.#isListing) return;
    this.#isListing = true;
    try {
      for (let hasMore = true; hasMore && this.decisions.peek().length < MAX_DECISIONS;) {
        const { run } = await ask(TimelineDecisions, { run: model.run.peek().id, after: this.#after });
        const { nodes = [], pageInfo } = run?.decisions ?? {};
        for (const { position, timeNs } of nodes) model.times.add(Number(position), Number(timeNs));
        if (nodes.length > 0) this.decisions.value = [...this.decisions.peek(), ...nodes];
        this.#after = pageInfo?.endCursor ?? this.#after;
        hasMore = pageInfo?.hasNextPage === true;
      }
    } catch (error) {
      if (!isAbort(error)) this.error.value = error;
    } finally {
      this.#isListing = false;
    }
  }
}
