import { BallastError } from "@ballast/core/errors";
import { type ExecutionResult, type GraphQLError, parse } from "graphql";
import type { Engine } from "../graphql/engine/create-engine.ts";
import { ballastErrorOf } from "../api/errors/ballast-error-of.ts";
import { type Exchange, immutableCacheControl } from "./exchange.ts";
import { responseSink } from "./http-sink.ts";
import { readPosition } from "./run-address.ts";

/** What a moment's page shows: the same fields, with the same names, as a GraphQL query gives. */
const MOMENT_PAGE = parse(`
  query MomentPage($run: ID!, $position: BigInt!) {
    run(id: $run) {
      id scenarioName policyName policyVersion parameters seed
      at(at: { position: $position }) {
        position timeNs
        event { position type family timeNs vm process sentence text fields { name value shown kind description } }
        host {
          mapping mmu framePages freePages overheadPages swapPages swapUsedPages sharedFramePages savedPages largePageCoverage
          memoryState configuredPages overcommitment
        }
        vms {
          vm name life configuredPages allocatedPages residentPages sharedPages largePages swappedPages diskKeptPages mappedPages
          kernelPages overheadPages
          balloonTargetPages balloonSizePages memoryLimitPages isSuspended
          processes { process name virtualPages mappedPages backing isFinished }
        }
        memoryMap(maxCells: 4096) { pages pagesPerCell cells legend { value description vm } runs }
      }
    }
  }
`);

/**
 * The state of a run after one event. It depends only on stored events, so that every answer is the same
 * to the byte, and may be kept for ever.
 */
export async function answerMoment(engine: Engine, exchange: Exchange, runId: string, place: string): Promise<void> {
  const { response, requestId, signal, scope } = exchange;
  const position = readPosition(place, "the address's last part");
  const sink = responseSink(response, "graphql-sse");
  const { schema, execute, contextFactory } = engine.getEnveloped({ requestId, signal, scope, sink });
  const variableValues = { run: runId, position };
  const contextValue = await contextFactory();
  const result = (await execute({ schema, document: MOMENT_PAGE, variableValues, contextValue })) as ExecutionResult<{
    run: unknown;
  }>;
  const [error] = result.errors ?? [];
  if (error !== undefined) throw causeOf(error);
  const run = result.data?.run;
  if (run == null) throw new BallastError("RUN_NOT_FOUND", `there is no run ${runId}; it may have been deleted`);
  response.writeHead(200, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": immutableCacheControl(exchange.isPrivate),
  });
  response.end(JSON.stringify(run));
}

function causeOf(error: GraphQLError): unknown {
  return ballastErrorOf(error) ?? error;
}
