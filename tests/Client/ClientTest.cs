using System.Text;
using System.Text.Json;
using AuditHost.Fakes.Host;

namespace AuditHost.Client.Tests;

/// <summary>An intake, and a folder for the spool.</summary>
public abstract class ClientTest : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-client-").FullName;

    private protected FakeIntake Intake { get; } = new();

    private protected string Spool => Path.Combine(_folder, "spool");

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Intake.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Intake.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A client that is quick to try again.</summary>
    private protected AuditClient Create(bool spools = true, int maxBatch = 500, long maxSpoolBytes = 1 << 20, Action<ReadOnlyMemory<byte>, string>? onRejected = null, string? token = null) =>
        new(new AuditClientOptions
        {
            Endpoint = Intake.Address,
            Token = token,
            SpoolDirectory = spools ? Spool : null,
            MaxSpoolBytes = maxSpoolBytes,
            MaxBatchEvents = maxBatch,
            FirstDelay = TimeSpan.FromMilliseconds(1),
            LongestDelay = TimeSpan.FromMilliseconds(20),
            Timeout = TimeSpan.FromSeconds(20),
            OnRejected = onRejected,
        });

    private protected static ReadOnlyMemory<byte> Json(string id, string further = "") => Encoding.UTF8.GetBytes($$"""{"event_id":"{{id}}"{{further}}}""");

    /// <summary>A first event whose request the intake holds, so that what is sent meanwhile comes together.</summary>
    private protected async Task<Task<AuditDelivery>> HoldFirstAsync(AuditClient client, ManualResetEventSlim gate)
    {
        Intake.InterceptNext(_ =>
        {
            gate.Wait(Cancellation);
            return null;
        });
        Task<AuditDelivery> first = client.SendAsync(Json("e-0"), Cancellation);
        await UntilAsync(() => Intake.RequestCount == 1);
        return first;
    }

    /// <summary>Asks again until it is so: neither the disk nor the intake tells of itself.</summary>
    private protected static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
            await Task.Delay(10, patience.Token);
    }

    private protected string[] Rejected() => [.. File.ReadAllLines(Path.Combine(Spool, "rejected.ndjson")).Select(line => JsonElement.Parse(line).GetProperty("event_id").GetString()!)];
}
