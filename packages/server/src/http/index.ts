export { createHttpServer, type HttpServer, type HttpServerOptions } from "./create-http-server.ts";
export { explainListenError } from "./listen-error.ts";
