import { isMainThread } from "node:worker_threads";

/** Loaded into a server by a test: at SIGUSR2 something is thrown that nothing handles. */
if (isMainThread) {
  process.on("SIGUSR2", () => {
    const error = new Error(`thrown by a test with ${process.env["BALLAST_TOKEN"]}`);
    if (process.env["BALLAST_TEST_FAULT"] === "throw") throw error;
    void Promise.reject(error);
  });
}
