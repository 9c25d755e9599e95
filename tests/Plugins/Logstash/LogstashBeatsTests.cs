using System.Net;
using System.Net.Sockets;
using AuditHost.Fakes.Logstash;
using AuditHost.Plugins.Tests.Fluentd;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Logstash;

public sealed class LogstashBeatsTests : IDisposable
{
    private const string Beats = ""","mode":"lumberjack" """;

    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Fact]
    public async Task Frames_are_as_other_clients_write_them()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using IConnector connector = LogstashTest.Create(_context, new Uri($"tcp://{listener.LocalEndpoint}"), Beats + ""","compression":"none" """);
        AuditEvent one = TestEvent.Parse("""{"event_id":"e","timestamp":"2026-11-23T20:00:00Z"}""");

        // With both of Logstash's own members there already, the event goes as it is.
        byte[] payload = """{"@timestamp":"2026-11-23T20:00:00Z","@metadata":{"beat":"b","version":"1"},"id":"e-1"}"""u8.ToArray();
        var batch = new EventBatch(new OutboundEvent[] { new(one, "log", payload), new(one, "log", payload) }, default, "application/json");
        ValueTask<DeliveryResult> sending = connector.SendAsync(batch, Cancelled);
        using TcpClient peer = await listener.AcceptTcpClientAsync(Cancelled);
        byte[] bytes = new byte[6 + (2 * (10 + payload.Length))];
        await peer.GetStream().ReadExactlyAsync(bytes, Cancelled);
        await peer.GetStream().WriteAsync(Convert.FromHexString("324100000002"), Cancelled);

        Assert.True((await sending).IsDelivered);
        string json = Convert.ToHexStringLower(payload);
        string length = payload.Length.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"325700000002324a00000001{length}{json}324a00000002{length}{json}", Convert.ToHexStringLower(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","compression":"none" """)]
    public async Task A_batch_is_a_window_in_order(string further)
    {
        await using var input = new BeatsInput();
        await using IConnector connector = LogstashTest.Create(_context, input.Address, Beats + further);
        await connector.StartAsync(Cancelled);
        await connector.ProbeAsync(Cancelled);

        Assert.True((await connector.SendAsync(FluentdTest.Batch(300), Cancelled)).IsDelivered);
        Assert.True((await connector.SendAsync(FluentdTest.Batch(1), Cancelled)).IsDelivered);

        Assert.Equal(300, await input.NextAsync(Cancelled));
        Assert.Equal([.. Enumerable.Range(1, 300).Select(number => $"e-{number}"), "e-1"], input.Intake.Events.Select(one => one.GetProperty("event_id").GetString()));
        Assert.Equal("audithost", input.Intake.Events[0].GetProperty("@metadata").GetProperty("beat").GetString());
        Assert.Equal(2, input.Connections);
        Assert.Empty(input.Violations);
    }

    [Theory]
    [InlineData(BeatsManner.EachForItself)]
    [InlineData(BeatsManner.KeepsAliveFirst)]
    [InlineData(BeatsManner.Stutters)]
    public async Task Acknowledgements_come_as_the_input_likes(BeatsManner manner)
    {
        await using var input = new BeatsInput();
        await using IConnector connector = LogstashTest.Create(_context, input.Address, Beats);
        input.TreatNext(manner, manner);

        Assert.True((await connector.SendAsync(FluentdTest.Batch(5), Cancelled)).IsDelivered);
        Assert.True((await connector.SendAsync(FluentdTest.Batch(5), Cancelled)).IsDelivered);

        Assert.Equal((10, 1), (input.Intake.Count, input.Connections));
        Assert.Equal(manner == BeatsManner.KeepsAliveFirst, _context.Warnings.Any());
    }

    [Theory]
    [InlineData(BeatsManner.Closes)]
    [InlineData(BeatsManner.TooMany)]
    [InlineData(BeatsManner.OtherVersion)]
    [InlineData(BeatsManner.OtherFrame)]
    [InlineData(BeatsManner.BreaksOff)]
    public async Task What_is_no_acknowledgement_delivers_nothing_and_the_next_send_works(BeatsManner manner)
    {
        await using var input = new BeatsInput();
        await using IConnector connector = LogstashTest.Create(_context, input.Address, Beats);
        input.TreatNext(manner);

        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(FluentdTest.Batch(3), Cancelled));

        Assert.True((await connector.SendAsync(FluentdTest.Batch(3), Cancelled)).IsDelivered);
        Assert.Equal((3, 2), (input.Intake.Count, input.Connections));
        Assert.Empty(input.Violations);
    }

    [Theory]
    [InlineData(BeatsManner.HalfThenCloses)]
    [InlineData(BeatsManner.HalfThenTooMany)]
    [InlineData(BeatsManner.HalfThenFewer)]
    public async Task Of_a_window_acknowledged_in_part_only_the_rest_comes_again(BeatsManner manner)
    {
        await using var input = new BeatsInput();
        await using IConnector connector = LogstashTest.Create(_context, input.Address, Beats);
        input.TreatNext(manner);

        DeliveryResult result = await connector.SendAsync(FluentdTest.Batch(6), Cancelled);

        Assert.Equal(
            [(3, FailureKind.Transient), (4, FailureKind.Transient), (5, FailureKind.Transient)],
            result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(3, input.Intake.Count);
        Assert.True((await connector.SendAsync(FluentdTest.Batch(1), Cancelled)).IsDelivered);
        Assert.Equal(2, input.Connections);
    }

    [Theory]
    [InlineData(BeatsManner.Silent)]
    [InlineData(BeatsManner.KeepsAlive)]
    public async Task Missing_acknowledgement_is_waited_for_until_the_deadline_and_the_connection_left(BeatsManner manner)
    {
        await using var input = new BeatsInput();
        await using IConnector connector = LogstashTest.Create(_context, input.Address, Beats);
        input.TreatNext(manner);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        ValueTask<DeliveryResult> sending = connector.SendAsync(FluentdTest.Batch(3), deadline.Token);
        await input.NextAsync(Cancelled);
        while (manner == BeatsManner.KeepsAlive && !_context.Warnings.Any())
            await Task.Yield();
        await deadline.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sending);

        Assert.True((await connector.SendAsync(FluentdTest.Batch(3), Cancelled)).IsDelivered);
        Assert.Equal(2, input.Connections);
        if (manner == BeatsManner.KeepsAlive)
        {
            Assert.Contains("blocked", Assert.Single(_context.Warnings), StringComparison.Ordinal);
            Assert.Contains(_context.Entries, entry => entry.Message.Contains("again", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Acknowledgement_that_comes_twice_is_not_taken_for_that_of_the_next_window()
    {
        await using var input = new BeatsInput();
        await using IConnector connector = LogstashTest.Create(_context, input.Address, Beats);
        input.TreatNext(BeatsManner.Repeats);
        Assert.True((await connector.SendAsync(FluentdTest.Batch(2), Cancelled)).IsDelivered);

        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(FluentdTest.Batch(2), Cancelled));

        Assert.True((await connector.SendAsync(FluentdTest.Batch(2), Cancelled)).IsDelivered);
        Assert.Equal((4, 2), (input.Intake.Count, input.Connections));
    }

    [Fact]
    public async Task Connection_that_the_input_closed_meanwhile_is_opened_anew()
    {
        await using var input = new BeatsInput();
        await using IConnector connector = LogstashTest.Create(_context, input.Address, Beats);
        await connector.SendAsync(FluentdTest.Batch(1), Cancelled);
        input.CloseAll();

        // The close may still be under way: then a send meets the old connection, and the host would send again.
        DeliveryResult? result = null;
        for (int attempt = 0; attempt < 2 && result is null; attempt++)
        {
            try
            {
                result = await connector.SendAsync(FluentdTest.Batch(2), Cancelled);
            }
            catch (IOException) when (attempt == 0)
            {
            }
        }

        Assert.True(result!.Value.IsDelivered);
        Assert.Equal(2, input.Connections);
    }

    [Fact]
    public async Task An_input_that_fails_is_passed_over()
    {
        await using var first = new BeatsInput();
        await using var second = new BeatsInput();
        await using IConnector connector = LogstashTest.Create(_context, $"""["{first.Address}","{second.Address}"]""", Beats);
        first.TreatNext(BeatsManner.HalfThenCloses);

        Assert.Equal([1], (await connector.SendAsync(FluentdTest.Batch(2), Cancelled)).Failures!.Select(failure => failure.Index));
        Assert.True((await connector.SendAsync(FluentdTest.Batch(1), Cancelled)).IsDelivered);
        Assert.Equal((1, 1), (first.Intake.Count, second.Intake.Count));
    }

    [Fact]
    public async Task An_empty_event_dies_alone()
    {
        await using var input = new BeatsInput();
        await using IConnector connector = LogstashTest.Create(_context, input.Address, Beats);
        AuditEvent one = TestEvent.Parse(FluentdTest.Event(1));
        var batch = new EventBatch(new OutboundEvent[] { new(one, "log", default), new(one, "log", one.Json), new(one, "log", one.Json) }, default, "application/json");
        input.TreatNext(BeatsManner.HalfThenCloses);

        DeliveryResult result = await connector.SendAsync(batch, Cancelled);

        Assert.Equal([(0, FailureKind.Rejected), (2, FailureKind.Transient)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Empty(input.Violations);
    }
}
