using System.Text.Json.Nodes;

namespace AuditHost.Fakes.OpenTelemetry;

/// <summary>
/// What the specification says of records, in either encoding. What must be refused is an exception; what must be passed over but no honest
/// sender writes is noted.
/// </summary>
internal sealed class OtlpRules
{
    private readonly List<string> _notes = [];

    /// <summary>What was noted.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public List<OtlpRecord> Records { get; } = [];

    public void Note(string rule) => _notes.Add(rule);

    /// <summary>Takes an attribute; no two of a list may have the same name.</summary>
    public void Add(Dictionary<string, JsonNode?> attributes, string key, JsonNode? value)
    {
        if (key.Length == 0)
            Note("an attribute without a name");
        if (!attributes.TryAdd(key, value))
            Note($"two attributes of the name {key}");
    }

    public void Add(OtlpRecord record)
    {
        if (record.ObservedTime == 0)
            Note("a record without the time of its observation");
        if (record.SeverityNumber is < 0 or > 24)
            throw new FormatException("a severity number that there is not");
        if (record.EventName.Length > 256)
            Note("an event name of more than 256 characters");
        Records.Add(record);
    }

    /// <summary>A request may be empty; an envelope within one should not.</summary>
    public void CheckEnvelope(int before)
    {
        if (Records.Count == before)
            Note("an envelope without records");
    }
}
