export {
  createHttpServer,
  type HttpServer,
  type HttpServerOptions,
  requireTokenBeyondLoopback,
} from "./create-http-server.ts";
