namespace AuditHost.Connectors.Elasticsearch;

/// <summary>A field that a search asks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsText">Whether it is a text in some index: indices from before a template have other mappings than those after it.</param>
internal sealed record SearchedField(string Name, bool IsText)
{
    /// <summary>What Elasticsearch puts below a text that no template speaks of, to compare and sort by; of long texts there is none.</summary>
    public string Keyword { get; } = Name + ".keyword";

    /// <summary>What can be sorted by in every index. Where the field is no text it has nothing below it, and its events come last among those of their time.</summary>
    public string Sortable => IsText ? Keyword : Name;
}
