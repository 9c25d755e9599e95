using System.Text.Json;

namespace AuditHost.Configuration.Keys;

/// <summary>A key with one value.</summary>
internal sealed class ScalarKey<T>(string name, Kind<T> kind, string description) : Key(name, description)
{
    public Kind<T> Kind { get; } = kind;

    protected override void WriteShape(Utf8JsonWriter writer) => WriteKind(writer, Kind);
}
