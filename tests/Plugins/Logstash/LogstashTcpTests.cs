using System.Text.Json;
using AuditHost.Fakes.Logstash;
using AuditHost.Plugins.Tests.Fluentd;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Logstash;

public sealed class LogstashTcpTests : IDisposable
{
    private const string Tcp = ""","mode":"tcp" """;

    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Fact]
    public async Task Each_event_is_a_line()
    {
        await using var input = new LogstashTcpInput();
        await using IConnector connector = LogstashTest.Create(_context, input.Address, Tcp);
        await connector.StartAsync(Cancelled);

        Assert.True((await connector.SendAsync(FluentdTest.Batch(200), Cancelled)).IsDelivered);
        Assert.True((await connector.SendAsync(FluentdTest.Of("text/plain", FluentdTest.Event(7) + "\n"), Cancelled)).IsDelivered);
        IReadOnlyList<JsonElement> events = await input.Intake.NextAsync(201, Cancelled);

        Assert.Equal(Enumerable.Range(1, 200).Select(number => $"e-{number}"), events.Take(200).Select(one => one.GetProperty("event_id").GetString()));
        Assert.Equal(FluentdTest.Event(7) + "\n", events[200].GetProperty("message").GetString());
        Assert.Equal(1, input.Connections);
        Assert.Empty(input.Violations);
    }

    [Fact]
    public async Task Connection_that_broke_is_opened_anew_with_what_was_sent_last()
    {
        await using var input = new LogstashTcpInput();
        await using IConnector connector = LogstashTest.Create(_context, input.Address, Tcp);
        await connector.SendAsync(FluentdTest.Batch(3), Cancelled);
        await input.Intake.NextAsync(3, Cancelled);

        input.ResetAll();
        bool isDelivered = false;
        for (int attempt = 0; attempt < 3 && !isDelivered; attempt++)
        {
            try
            {
                isDelivered = (await connector.SendAsync(FluentdTest.Batch(FluentdTest.Event(4)), Cancelled)).IsDelivered;
            }
            catch (IOException)
            {
                // The write met the reset; the host would send again.
            }
        }

        Assert.True(isDelivered);
        await connector.SendAsync(FluentdTest.Batch(FluentdTest.Event(5)), Cancelled);
        var seen = new HashSet<string?>();
        while (!seen.Contains("e-5"))
            seen.Add((await input.Intake.NextAsync(Cancelled)).GetProperty("event_id").GetString());
        Assert.Contains("e-4", seen);
        Assert.Empty(input.Violations);
    }

    [Fact]
    public async Task Event_longer_than_the_codec_takes_fails_alone()
    {
        await using var input = new LogstashTcpInput { MaxLineBytes = 1000 };
        await using IConnector connector = LogstashTest.Create(_context, input.Address, Tcp + ""","max_message_bytes":1000""");

        DeliveryResult result = await connector.SendAsync(
            FluentdTest.Batch(FluentdTest.Event(1), FluentdTest.Event(2, padding: new string('p', 1000)), FluentdTest.Event(3)), Cancelled);

        Assert.Equal([(1, FailureKind.TooLarge)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(["e-1", "e-3"], (await input.Intake.NextAsync(2, Cancelled)).Select(one => one.GetProperty("event_id").GetString()));
        Assert.Empty(input.Violations);
    }
}
