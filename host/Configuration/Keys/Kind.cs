using System.Text.Json;

namespace AuditHost.Configuration.Keys;

internal delegate bool ScalarReader<T>(ScalarText scalar, out T value);

/// <summary>A kind of scalar: how it is read, what an error calls it, and how the JSON schema describes it.</summary>
/// <param name="expected">What is expected, to follow the word "expected".</param>
/// <param name="read">Reads it.</param>
/// <param name="schema">Writes the schema's keywords into an object that is already open.</param>
internal sealed class Kind<T>(string expected, ScalarReader<T> read, Action<Utf8JsonWriter> schema)
{
    public string Expected { get; } = expected;

    /// <summary>The words it knows, for suggestions; empty where it is no choice of words.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    public bool TryRead(ScalarText scalar, out T value) => read(scalar, out value);

    public void WriteSchema(Utf8JsonWriter writer) => schema(writer);
}
