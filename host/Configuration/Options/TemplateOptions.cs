namespace AuditHost.Configuration.Options;

/// <summary><c>template</c>: a path alone, or a mapping with the keys below.</summary>
internal sealed record TemplateOptions
{
    /// <summary>The template's file, absolute.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it renders one event or a whole body.</summary>
    public TemplateKind Kind { get; init; } = TemplateKind.Event;

    /// <summary>The media type of what it renders; <c>application/json</c> makes the host check each rendering.</summary>
    public string ContentType { get; init; } = "application/json";
}
