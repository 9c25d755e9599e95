// A server of the package @fluent-org/logger. Says "port N", then one line of JSON for each event.
const [, , modules, settings] = process.argv;
const { FluentServer } = require(`${modules}/@fluent-org/logger`);

const server = new FluentServer({ ...JSON.parse(settings), listenOptions: { host: "127.0.0.1", port: 0 } });
server.on("entry", (tag, time, record) =>
  console.log(JSON.stringify({ tag, seconds: time.epoch, nanoseconds: time.nano, record })));
server.listen().then(() => console.log(`port ${server.port}`));
