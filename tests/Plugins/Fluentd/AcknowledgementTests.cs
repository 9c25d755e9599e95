using AuditHost.Fakes.Fluentd;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Fluentd;

/// <summary>What becomes of a batch as its chunks are acknowledged, or not.</summary>
public sealed class AcknowledgementTests : IDisposable
{
    private const string ByType = ""","tag":"{{ audit.type }}" """;

    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData(AckManner.Closes)]
    [InlineData(AckManner.Confuses)]
    [InlineData(AckManner.Babbles)]
    [InlineData(AckManner.Evades)]
    [InlineData(AckManner.Floods)]
    [InlineData(AckManner.BreaksOff)]
    public async Task What_is_no_acknowledgement_delivers_nothing_and_the_next_send_works(AckManner manner)
    {
        await using var input = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(_context, input);
        input.AcknowledgeNext(manner);

        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(FluentdTest.Batch(3), Cancelled));
        DeliveryResult again = await connector.SendAsync(FluentdTest.Batch(3), Cancelled);

        Assert.True(again.IsDelivered);
        Assert.Equal(2, input.Connections);
        Assert.Equal(input.Messages[0].Chunk, input.Messages[1].Chunk);
        Assert.Empty(input.Violations);
    }

    [Fact]
    public async Task Missing_acknowledgement_is_waited_for_until_the_deadline_and_the_connection_left()
    {
        await using var input = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(_context, input);
        input.AcknowledgeNext(AckManner.Keeps);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        ValueTask<DeliveryResult> sending = connector.SendAsync(FluentdTest.Batch(3), deadline.Token);
        await input.NextAsync(Cancelled);
        await deadline.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sending);

        Assert.True((await connector.SendAsync(FluentdTest.Batch(3), Cancelled)).IsDelivered);
        Assert.Equal(2, input.Connections);
        Assert.Empty(input.Violations);
    }

    [Fact]
    public async Task Chunk_that_the_input_drops_without_a_word_is_not_delivered()
    {
        await using var input = new ForwardInput { ChunkSizeLimit = 1000 };
        await using IConnector connector = FluentdTest.Create(_context, input);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        ValueTask<DeliveryResult> sending = connector.SendAsync(FluentdTest.Batch(30), deadline.Token);
        await input.NextAsync(Cancelled);
        await deadline.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sending);
        Assert.Equal((1, 0L), (input.Dropped, input.Count));
    }

    [Theory]
    [InlineData(AckManner.Waits)]
    [InlineData(AckManner.Stutters)]
    public async Task Acknowledgements_come_as_the_network_likes(AckManner manner)
    {
        await using var input = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(new TemplatingContext(_context), input, ByType);
        input.AcknowledgeNext(manner, manner);

        DeliveryResult result = await connector.SendAsync(ThreeTags(), Cancelled);

        Assert.True(result.IsDelivered);
        Assert.Equal((3, 1), (input.Messages.Count, input.Connections));
        Assert.Empty(input.Violations);
    }

    [Fact]
    public async Task Of_a_batch_acknowledged_in_part_only_the_rest_comes_again()
    {
        await using var input = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(new TemplatingContext(_context), input, ByType);
        input.AcknowledgeNext(AckManner.Acknowledges, AckManner.Closes);

        DeliveryResult result = await connector.SendAsync(ThreeTags(), Cancelled);

        Assert.Equal(
            [(1, FailureKind.Transient), (2, FailureKind.Transient), (4, FailureKind.Transient)],
            result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        string first = input.Messages[0].Chunk!;
        Assert.Equal([first, null, null, first, null], result.AcknowledgementIds!);
    }

    [Fact]
    public async Task Of_a_batch_acknowledged_in_part_before_the_deadline_only_the_rest_comes_again()
    {
        // With a connection for each message the second one shows that the first is acknowledged.
        await using var input = new ForwardInput { Security = new InputSecurity("key") { KeepAlive = false } };
        await using IConnector connector = FluentdTest.Create(new TemplatingContext(_context), input, ByType + ""","shared_key":"key" """);
        input.AcknowledgeNext(AckManner.Acknowledges, AckManner.Keeps);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        ValueTask<DeliveryResult> sending = connector.SendAsync(ThreeTags(), deadline.Token);
        await input.NextAsync(Cancelled);
        await input.NextAsync(Cancelled);
        await deadline.CancelAsync();
        DeliveryResult result = await sending;

        Assert.Equal([1, 2, 4], result.Failures!.Select(failure => failure.Index).Order());
        Assert.All(result.Failures!, failure => Assert.Contains("deadline", failure.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Acknowledgement_that_comes_twice_is_not_taken_for_that_of_the_next_batch()
    {
        await using var input = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(_context, input);
        input.AcknowledgeNext(AckManner.Repeats);
        Assert.True((await connector.SendAsync(FluentdTest.Batch(1), Cancelled)).IsDelivered);

        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(FluentdTest.Batch(1), Cancelled));

        Assert.True((await connector.SendAsync(FluentdTest.Batch(1), Cancelled)).IsDelivered);
        Assert.Equal(2, input.Connections);
    }

    [Fact]
    public async Task Connection_that_the_input_closed_meanwhile_is_opened_anew()
    {
        await using var input = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(_context, input);
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
    public async Task Without_acknowledgement_delivered_means_written_and_the_operator_is_told()
    {
        await using var input = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(_context, input, ""","require_ack":false""");

        DeliveryResult result = await connector.SendAsync(FluentdTest.Batch(3), Cancelled);
        ForwardMessage message = await input.NextAsync(Cancelled);

        Assert.True(result.IsDelivered);
        Assert.Null(result.AcknowledgementId);
        Assert.Null(message.Chunk);
        Assert.Contains("require_ack", Assert.Single(_context.Warnings), StringComparison.Ordinal);
        Assert.Empty(input.Violations);
    }

    private static EventBatch ThreeTags() => FluentdTest.Batch(
        FluentdTest.Event(1, "a"), FluentdTest.Event(2, "b"), FluentdTest.Event(3, "c"), FluentdTest.Event(4, "a"), FluentdTest.Event(5, "b"));
}
