import { createServer, type Server } from "node:http";
import { createSchema, createYoga } from "graphql-yoga";

/** The least that a server of this kind can do, to measure ours against. */
export function createHelloServer(): Server {
  const schema = createSchema<object>({
    typeDefs: "type Query { hello: String! }",
    resolvers: { Query: { hello: () => "world" } },
  });
  const yoga = createYoga<object>({ schema, logging: false });
  return createServer((request, response) => void yoga(request, response));
}
