import { Agent, request } from "node:http";
import { parentPort } from "node:worker_threads";

export type Load = { readonly url: string; readonly body: string; readonly ms: number; readonly connections: number };

/** In a thread of its own, so that asking does not take from answering. */
parentPort?.on("message", (load: Load) => {
  void askFor(load).then((answers) => parentPort?.postMessage(answers));
});

/** How many answers arrive in that time over a number of connections. */
async function askFor({ url, body, ms, connections }: Load): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const end = performance.now() + ms;
  let answers = 0;
  const keepAsking = async (): Promise<void> => {
    while (performance.now() < end) {
      await askOnce(agent, url, body);
      answers++;
    }
  };
  await Promise.all(Array.from({ length: connections }, keepAsking));
  agent.destroy();
  return answers;
}

function askOnce(agent: Agent, url: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const asked = request(url, { method: "POST", agent, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => (response.statusCode === 200 && !text.includes('"errors"') ? resolve() : reject(new Error(text))));
    });
    asked.on("error", reject).end(body);
  });
}
