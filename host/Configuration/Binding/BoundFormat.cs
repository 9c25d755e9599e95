using AuditHost.Sdk;

namespace AuditHost.Configuration.Binding;

/// <summary>The format a destination names, if it names one.</summary>
internal sealed record BoundFormat(string? Name, FormatterFactory? Factory, ReadOnlyMemory<byte> Settings)
{
    public static BoundFormat None { get; } = new(null, null, "{}"u8.ToArray());
}
