// A server of the package ws. Says "port N", then tells each message in a line of JSON before it acknowledges it.
const [, , modules, text] = process.argv;
const { WebSocketServer } = require(`${modules}/ws`);
const { writeSync } = require("fs");

const settings = JSON.parse(text);
const server = new WebSocketServer({
  host: "127.0.0.1",
  port: settings.port ?? 0,
  autoPong: settings.autoPong ?? true,
  maxPayload: settings.maxPayload ?? 100 * 1024 * 1024,
  handleProtocols: (offered) => (offered.has(settings.subprotocol) ? settings.subprotocol : false),
  verifyClient: ({ req }) => !settings.authorization || req.headers.authorization === settings.authorization,
});
server.on("listening", () => writeSync(1, `port ${server.address().port}\n`));
server.on("connection", (socket) => {
  socket.on("error", () => {});
  socket.on("message", (data, isBinary) => {
    writeSync(1, `${JSON.stringify({ isBinary, message: JSON.parse(data) })}\n`);
    const { id } = JSON.parse(data);
    if (settings.close) socket.close(settings.close, "on purpose");
    else if (settings.terminates) socket.terminate();
    else if (!settings.isSilent) socket.send(JSON.stringify({ ack: id }));
  });
});
