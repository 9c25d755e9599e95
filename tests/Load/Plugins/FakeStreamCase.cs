using AuditHost.Fakes;

namespace AuditHost.Load;

/// <summary>A plugin with a protocol of its own over TCP, against one of the fakes that only counts.</summary>
/// <param name="fake">The server.</param>
/// <param name="events">How many events it has taken.</param>
/// <param name="destination">The destination's keys, given the server.</param>
internal sealed class FakeStreamCase<TFake>(TFake fake, Func<TFake, long> events, Func<TFake, string> destination) : IPluginCase
    where TFake : FakeStreamServer
{
    public string Destination => destination(fake);

    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    public long Events => events(fake);

    public long Bytes => fake.ByteCount;

    public IReadOnlyList<string> Violations => fake.Violations;

    public Task StartAsync(string folder)
    {
        fake.Keeps = false;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => fake.DisposeAsync();
}
