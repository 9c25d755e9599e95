using AuditHost.Sdk.Testing;

namespace AuditHost.Sdk.Conformance;

/// <summary>The kit, driving the formatter with one fault. No test by itself: <see cref="FormatterKitTests"/> runs its facts.</summary>
internal sealed class FaultyFormatConformance(FormatFault fault) : FormatterConformance
{
    protected override string Settings => $$"""{"fault":"{{fault}}"}""";

    protected override FormatterFactory CreateFactory() => new FaultyFormatFactory();
}
