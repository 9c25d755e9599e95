// Servers of the packages graphql-http and graphql-ws for one schema. Says "port N", then tells each event in a line of JSON before it is
// answered. GraphQL over HTTP at /graphql, over WebSocket there too.
const [, , modules, text] = process.argv;
const { buildSchema, GraphQLError } = require(`${modules}/graphql`);
const { createHandler } = require(`${modules}/graphql-http/lib/use/http`);
const { useServer } = require(`${modules}/graphql-ws/dist/use/ws.cjs`);
const { WebSocketServer } = require(`${modules}/ws`);
const { createServer } = require("http");
const { writeSync } = require("fs");

const settings = JSON.parse(text);
const schema = buildSchema(`
  scalar JSON
  input AuditEventInput { event_id: ID!, timestamp: String, severity: String }
  type Stored { id: ID! }
  type Query { count: Int }
  type Mutation {
    ingestAuditEvent(event: JSON!): Stored
    ingestAuditEvents(events: [JSON!]!): [Stored]
    ingestTyped(event: AuditEventInput!): Stored!
    ingestAllTyped(events: [AuditEventInput!]!): Boolean
  }
`);

const store = (event) => {
  if (event.fault === "null") return null;
  if (event.fault) throw new GraphQLError("on purpose", event.fault === "none" ? {} : { extensions: { code: event.fault } });
  writeSync(1, `${JSON.stringify({ event })}\n`);
  return { id: `stored-${event.event_id}` };
};
const attempt = (event) => {
  try {
    return store(event);
  } catch (error) {
    return error;
  }
};
const rootValue = {
  ingestAuditEvent: ({ event }) => store(event),
  ingestAuditEvents: ({ events }) => events.map(attempt),
  ingestTyped: ({ event }) => store(event),
  ingestAllTyped: ({ events }) => events.map(store).length > 0,
};

const allows = (headers) => !settings.authorization || headers.authorization === settings.authorization;
const handler = createHandler({ schema, rootValue });
const server = createServer((request, response) => {
  if (allows(request.headers)) handler(request, response);
  else response.writeHead(401).end();
});
useServer(
  { schema, roots: { mutation: rootValue }, onConnect: (context) => !settings.token || context.connectionParams?.token === settings.token },
  new WebSocketServer({ server, path: "/graphql" }),
);
server.listen(settings.port ?? 0, "127.0.0.1", () => writeSync(1, `port ${server.address().port}\n`));
