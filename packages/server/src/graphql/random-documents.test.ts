import { ERROR_CODES } from "@ballast/core/errors";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../api/limits/limits.ts";
import { schema } from "./schema.ts";
import { ask } from "./testing/graphql-client.ts";
import { randomQueries } from "./testing/random-documents.ts";
import { openTestApi, type TestApi } from "./testing/test-api.ts";
import { WrittenRun } from "./testing/written-run.ts";
import { caseCount, isLongRun } from "@ballast/core/testing/case-count";

const RUNS = caseCount(60, 5_000);

let api: TestApi;
let run: WrittenRun;

beforeAll(async () => {
  api = await openTestApi();
  run = await WrittenRun.begin(api.application);
  await run.write(2_000);
  await run.finish();
});
afterAll(() => api.close());

// Oracle: the closed list of codes, and the limit of an answer's bytes.
test(
  "every document that fits the schema is answered with data or with a code other than INTERNAL, within the bytes of an answer",
  async () => {
    let [answered, largest] = [0, 0];
    await fc.assert(
      fc.asyncProperty(randomQueries(schema, { run: run.id, position: run.position }), async (query) => {
        const { errors = [], data, text } = await ask(api.server.url, query);
        expect(errors.length > 0 || data != null).toBe(true);
        for (const { extensions, message } of errors) {
          expect(Object.keys(ERROR_CODES)).toContain(extensions.code);
          expect(extensions.code, message).not.toBe("INTERNAL");
        }
        expect(text.length).toBeLessThanOrEqual(DEFAULT_LIMITS.maxAnswerBytes);
        if (data != null) answered++;
        largest = Math.max(largest, text.length);
      }),
      { numRuns: RUNS },
    );
    console.log(`${RUNS} documents: ${answered} answered with data, the largest answer of ${largest} characters`);
    expect(answered).toBeGreaterThan(isLongRun ? RUNS / 10 : 0);
  },
  isLongRun ? 1_200_000 : 60_000,
);
