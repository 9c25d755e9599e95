using AuditHost.Fakes.Fluentd;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>A forward input that acknowledges, and what it understood of each event.</summary>
internal sealed class FluentdDestination(ForwardInput input, string further) : TestDestination
{
    public override string Settings => $$"""{"endpoint":"{{input.Address}}"{{further}}}""";

    public override IReadOnlyList<string> Arrived => [.. input.Events.Select(one => $"{one.Tag} {one.Seconds}.{one.Nanoseconds} {one.Json}")];

    public override ValueTask DisposeAsync() => input.DisposeAsync();
}
