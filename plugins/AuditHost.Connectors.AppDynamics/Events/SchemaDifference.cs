using System.Text.Json;

namespace AuditHost.Connectors.AppDynamics.Events;

/// <summary>What lies between the columns that events need and those that a schema has. Further ones of the schema are nobody's concern.</summary>
internal sealed class SchemaDifference
{
    private SchemaDifference(IReadOnlyList<EventColumn> missing, string? conflict)
    {
        Missing = missing;
        Conflict = conflict;
    }

    /// <summary>The columns that the schema lacks.</summary>
    public IReadOnlyList<EventColumn> Missing { get; }

    /// <summary>The columns that have another type there, in words; <see langword="null"/> for none.</summary>
    public string? Conflict { get; }

    /// <param name="needed">What events need.</param>
    /// <param name="schema">What there is, name to type.</param>
    public static SchemaDifference Between(IReadOnlyList<EventColumn> needed, JsonElement schema)
    {
        var missing = new List<EventColumn>();
        var conflicts = new List<string>();
        foreach (EventColumn column in needed)
        {
            if (!schema.TryGetProperty(column.Name, out JsonElement found))
                missing.Add(column);
            else if (TypeOf(found) is var type && !column.TypeName.Equals(type, StringComparison.OrdinalIgnoreCase))
                conflicts.Add($"{column.Name} has the type {Shown(type)} and should have {column.TypeName}");
        }

        return new SchemaDifference(missing, conflicts.Count == 0 ? null : string.Join(", ", conflicts));
    }

    /// <summary>Some versions describe a column by an object with its type in it.</summary>
    private static string? TypeOf(JsonElement column)
    {
        if (column.ValueKind == JsonValueKind.Object && column.TryGetProperty("type", out JsonElement type))
            column = type;
        return column.ValueKind == JsonValueKind.String ? column.GetString() : null;
    }

    /// <summary>A type's name where it looks like one: an answer's text stands in no reason.</summary>
    private static string Shown(string? type) => type is { Length: > 0 and <= 16 } && type.All(char.IsAsciiLetter) ? type : "of another kind";
}
