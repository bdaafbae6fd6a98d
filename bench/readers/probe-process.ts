import { Agent, request } from "node:http";
import type { ProbeOrder, ProbeReport } from "./messages.ts";

/** Requests are sent at fixed times, whether or not earlier ones were answered: a server that hangs cannot hide it. */
const LIVEZ_MS = 20;
const QUERY_MS = 100;
const CONNECTING_MS = 5_000;
const agent = new Agent({ keepAlive: true });
const connectingMs: number[] = [];
const livezMs: number[] = [];
const queryMs: number[] = [];
const underWay = new Set<{ readonly begun: number; readonly times: number[] }>();
let failures = 0;

process.on("message", (order: ProbeOrder | "report") => {
  if (order === "report") return report();
  const query = JSON.stringify({ query: "query($run: ID!) { run(id: $run) { status headPosition } }", variables: { run: order.run } });
  const connectedMs = performance.now() + CONNECTING_MS;
  setInterval(() => ask(`${order.url}/livez`, performance.now() < connectedMs ? connectingMs : livezMs), LIVEZ_MS);
  setInterval(() => ask(`${order.url}/graphql`, queryMs, query), QUERY_MS);
});

function ask(url: string, times: number[], body?: string): void {
  const probe = { begun: performance.now(), times };
  underWay.add(probe);
  const end = (isAnswered: boolean): void => {
    if (!underWay.delete(probe)) return;
    if (!isAnswered) failures++;
    times.push(performance.now() - probe.begun);
  };
  const asked = request(
    url,
    { method: body === undefined ? "GET" : "POST", agent, headers: { "content-type": "application/json" } },
    (response) => {
      response.resume().on("end", () => end(response.statusCode === 200));
    },
  );
  asked.on("error", () => end(false)).end(body);
}

/** What is not answered yet counts with the time that it has waited. */
function report(): void {
  for (const { begun, times } of underWay) times.push(performance.now() - begun);
  process.send?.({ connectingMs, livezMs, queryMs, failures } satisfies ProbeReport);
}

process.on("disconnect", () => process.exit());
