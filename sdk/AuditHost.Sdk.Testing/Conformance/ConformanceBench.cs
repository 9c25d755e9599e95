using System.Globalization;
using System.Text;

namespace AuditHost.Sdk.Testing;

/// <summary>One connector with its destination and its context, used as the host uses it.</summary>
internal sealed class ConformanceBench(
    ConnectorFactory factory, TestDestination destination, IEventFormatter formatter, TestPluginContext context) : IAsyncDisposable
{
    /// <summary>How long something may take that has to come. A watchdog, not a measure.</summary>
    public static TimeSpan Patience => LessPatience.Value ?? TimeSpan.FromSeconds(30);

    /// <summary>For the kit's own tests, in which much never comes.</summary>
    public static AsyncLocal<TimeSpan?> LessPatience { get; } = new();

    private ulong _sequence;

    public IConnector Connector { get; } = factory.Create(Encoding.UTF8.GetBytes(destination.Settings), context);

    public ConnectorFactory Factory => factory;

    public TestDestination Destination => destination;

    public TestPluginContext Context => context;

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    /// <summary>Ids that no other batch of the test has.</summary>
    public IReadOnlyList<string> NextIds(int count = 1) =>
        [.. Enumerable.Range(0, count).Select(_ => string.Create(CultureInfo.InvariantCulture, $"kit-{Interlocked.Increment(ref _sequence):D8}"))];

    public Task StartAsync() => WithinAsync(Connector.StartAsync(Test).AsTask(), "StartAsync");

    /// <summary>Renders events with the given ids.</summary>
    /// <param name="ids">The ids; the last digits are the place in the journal.</param>
    /// <param name="attempt">1 for the first attempt.</param>
    /// <param name="padding">How many bytes more each event has.</param>
    public RenderedBatch Render(IReadOnlyList<string> ids, int attempt = 1, int padding = 0)
    {
        AuditEvent[] events = [.. ids.Select(id => SampleEvents.WithId(id, ulong.Parse(id[^8..], CultureInfo.InvariantCulture), padding))];
        return RenderedBatch.Create(factory, destination.Settings, formatter, events, attempt);
    }

    /// <summary>Sends a batch and takes its memory back; an exception is an outcome like any other.</summary>
    public async Task<SendOutcome> SendAsync(RenderedBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            DeliveryResult result = await WithinAsync(Connector.SendAsync(batch.Events, cancellationToken).AsTask(), "SendAsync");
            ResultCheck.Check(result, batch.Count);
            return new SendOutcome(result, null);
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            return new SendOutcome(default, exception);
        }
        finally
        {
            batch.TakeBack();
        }
    }

    public Task<SendOutcome> SendAsync(RenderedBatch batch) => SendAsync(batch, Test);

    /// <summary>Sends one event and insists that it is delivered and has arrived.</summary>
    /// <param name="occasion">What went before, for the message.</param>
    public async Task ExpectDeliveryAsync(string occasion)
    {
        IReadOnlyList<string> ids = NextIds();
        SendOutcome outcome = await SendAsync(Render(ids));
        Rule.Acknowledgement.Holds(
            outcome.IsDelivered,
            $"A batch sent {occasion} was not delivered: {outcome}",
            "Leave the connector able to send after any failure: drop what is broken and open it anew.");
        await ExpectArrivalAsync(ids, occasion);
    }

    /// <summary>
    /// Insists that sending works again. What is broken on the way may show at first: each time as a failure that the contract
    /// knows, and not for long.
    /// </summary>
    /// <param name="occasion">What went before, for the message.</param>
    public async Task ExpectRecoveryAsync(string occasion)
    {
        const int Attempts = 5;
        IReadOnlyList<string> ids = NextIds();
        SendOutcome outcome = default;
        for (int attempt = 1; attempt <= Attempts && (attempt == 1 || !outcome.IsDelivered); attempt++)
        {
            outcome = await SendAsync(Render(ids, attempt));
            Rule.Strangers.Holds(
                outcome.IsDocumented && !outcome.IsCancellation,
                $"A batch was sent {occasion}; the connector says: {outcome}",
                "Let IOException, SocketException and HttpRequestException pass; catch others and say what they are.");
        }

        Rule.Acknowledgement.Holds(
            outcome.IsDelivered,
            $"A batch sent {occasion} was not delivered in {Attempts} attempts: {outcome}",
            "After a failure drop what is broken, and open it anew with the next send.");

        // What the network took just before it broke may be lost without a word; the batch after it may not.
        await ExpectDeliveryAsync(occasion);
    }

    /// <summary>Asks again until every id has arrived: a stream's peer reads when it gets to it.</summary>
    public async Task ExpectArrivalAsync(IEnumerable<string> ids, string occasion)
    {
        foreach (string id in ids)
        {
            bool arrived = await UntilAsync(() => destination.Arrived.Any(text => text.Contains(id, StringComparison.Ordinal)));
            Rule.Acknowledgement.Holds(
                arrived,
                $"The event {id}, sent {occasion}, was reported as delivered and did not arrive.",
                "Return Delivered only when the destination has confirmed the whole batch; there is no flush.");
        }
    }

    /// <summary>Waits for a call of the plugin's, which must end by itself or by its token.</summary>
    public static async Task<T> WithinAsync<T>(Task<T> call, string name)
    {
        try
        {
            return await call.WaitAsync(Patience, Test);
        }
        catch (TimeoutException) when (!call.IsCompleted)
        {
            Rule.Time.Broken(
                $"{name} did not end within {Patience.TotalSeconds:0} s.",
                "Pass the cancellation token on to everything that is awaited, and never wait without it.");
            throw;
        }
    }

    public static Task WithinAsync(Task call, string name) => WithinAsync(AsValue(call), name);

    /// <summary>Asks again until the answer is yes, at most as long as patience lasts.</summary>
    public static async Task<bool> UntilAsync(Func<bool> condition)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(5), Test);
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Connector.DisposeAsync().AsTask().WaitAsync(Patience);
        }
        catch (Exception)
        {
            // Facts of their own are about disposing; here it must not hide what the fact at hand has found.
        }

        context.Dispose();
        await destination.DisposeAsync();
    }

    private static async Task<bool> AsValue(Task task)
    {
        await task;
        return true;
    }
}
