export { createHttpServer, type HttpServer, type HttpServerOptions } from "./create-http-server.ts";
export { findFreePort } from "./free-port.ts";
