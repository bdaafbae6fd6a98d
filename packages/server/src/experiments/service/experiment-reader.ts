import type { Pool } from "pg";
import { checkListLimit, type Slice } from "../../runs/index.ts";
import { decodeCursor, encodeCursor, toSlice } from "../../runs/service/slice.ts";
import { findId, type Kept } from "../../runs/store/find-id.ts";
import type { Experiment, ExperimentHead } from "../experiment.ts";
import { readExperiment, selectExperiments } from "../store/experiment-rows.ts";
import type { ExperimentReader } from "./experiment-service.ts";

const KEPT_EXPERIMENTS: Kept = {
  what: "experiment",
  notFound: "EXPERIMENT_NOT_FOUND",
  ids: "select id from comparisons order by number desc",
};

/** Reads what is stored of experiments. */
export class PostgresExperimentReader implements ExperimentReader {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async getExperiment(id: string): Promise<Experiment> {
    return await readExperiment(this.#pool, id);
  }

  async findExperimentId(text: string): Promise<string> {
    return await findId(this.#pool, KEPT_EXPERIMENTS, text);
  }

  async findExperiment(text: string): Promise<Experiment> {
    return await this.getExperiment(await this.findExperimentId(text));
  }

  async listExperiments({ after, first }: { after?: string; first: number }): Promise<Slice<ExperimentHead>> {
    checkListLimit(first);
    const found = await selectExperiments(this.#pool, decodeCursor(after), first + 1);
    const { items, ...page } = toSlice(found, first, ({ number }) => encodeCursor(number));
    return { ...page, items: items.map(({ experiment }) => experiment) };
  }
}
