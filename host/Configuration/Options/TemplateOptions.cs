namespace AuditHost.Configuration.Options;

/// <summary><c>template</c>: a path or name alone, or a mapping with the keys below. What is said here wins over what the file says of itself.</summary>
internal sealed record TemplateOptions
{
    public const string DefaultContentType = "application/json";

    /// <summary>The template's file, absolute.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it renders one event or a whole body; <see langword="null"/> leaves it to the file, which means one event where it is silent.</summary>
    public TemplateKind? Kind { get; init; }

    /// <summary>
    /// The media type of what it renders; <c>application/json</c> makes the host check each rendering. <see langword="null"/> leaves it to
    /// the file, which means <see cref="DefaultContentType"/> where it is silent.
    /// </summary>
    public string? ContentType { get; init; }
}
