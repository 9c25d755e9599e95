using AuditHost.Fakes.OpenTelemetry;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Otlp.OtlpTests;

namespace AuditHost.Plugins.Tests.Otlp;

/// <summary>What the connector writes, read by protobuf's own reader.</summary>
public sealed class OtlpProtocTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Fact]
    public async Task A_request_is_what_protoc_makes_of_it()
    {
        string text = await DecodeAsync(BatchOf("""{"event_id":"e-1","timestamp":"2026-11-23T20:00:00.123456789Z","event_type":"login","severity":"Low","ok":true,"n":-2,"x":0.5,"l":["a"],"o":null}"""));

        Assert.Equal(
            """
            resource_logs {
              resource {
                attributes {
                  key: "host.name"
                  value {
                    string_value: "relay-1"
                  }
                }
                attributes {
                  key: "service.name"
                  value {
                    string_value: "audithost"
                  }
                }
              }
              scope_logs {
                scope {
                  name: "audithost"
                }
                log_records {
                  time_unix_nano: 1795464000123456789
                  severity_number: SEVERITY_NUMBER_INFO2
                  severity_text: "Low"
                  body {
                    string_value: "{\"event_id\":\"e-1\",\"timestamp\":\"2026-11-23T20:00:00.123456789Z\",\"event_type\":\"login\",\"severity\":\"Low\",\"ok\":true,\"n\":-2,\"x\":0.5,\"l\":[\"a\"],\"o\":null}"
                  }
                  attributes {
                    key: "event.id"
                    value {
                      string_value: "e-1"
                    }
                  }
                  attributes {
                    key: "event.type"
                    value {
                      string_value: "login"
                    }
                  }
                  observed_time_unix_nano: 1795464001250000000
                  event_name: "login"
                }
              }
            }

            """,
            text);
    }

    [Fact]
    public async Task Values_of_each_kind_are_what_protoc_makes_of_them()
    {
        string text = await DecodeAsync(BatchOf("""{"ok":true,"n":-2,"x":0.5,"l":["a"],"o":null}"""), ""","body":"map" """);

        Assert.Contains(
            """
                  body {
                    kvlist_value {
                      values {
                        key: "ok"
                        value {
                          bool_value: true
                        }
                      }
                      values {
                        key: "n"
                        value {
                          int_value: -2
                        }
                      }
                      values {
                        key: "x"
                        value {
                          double_value: 0.5
                        }
                      }
                      values {
                        key: "l"
                        value {
                          array_value {
                            values {
                              string_value: "a"
                            }
                          }
                        }
                      }
                      values {
                        key: "o"
                        value {
                        }
                      }
                    }
                  }

            """,
            text,
            StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();

    private async Task<string> DecodeAsync(EventBatch batch, string further = "")
    {
        await using OtlpReceiver receiver = await StartAsync();
        await using IConnector connector = Create(_context, further, receiver.Address);
        await connector.SendAsync(batch, Cancellation);
        return await Protoc.DecodeAsync("ExportLogsServiceRequest", Assert.Single(receiver.Requests).Body, Cancellation);
    }
}
