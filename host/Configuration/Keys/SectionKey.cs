using System.Text.Json;

namespace AuditHost.Configuration.Keys;

/// <summary>A heading with destinations below it. What may stand there depends on the plugins; the schema's writer fills it in.</summary>
internal sealed class SectionKey(string name, string description) : Key(name, description)
{
    /// <summary>The connector of a destination that names none; <see langword="null"/>: its key.</summary>
    public string? DefaultType { get; init; }

    /// <summary>Whether what stands below it sends messages to people, who want few of them.</summary>
    public bool IsForPeople { get; init; }

    public string Definition => $"#/$defs/section_{(DefaultType ?? "by_key")}";

    protected override void WriteShape(Utf8JsonWriter writer) => writer.WriteString("$ref", Definition);
}
