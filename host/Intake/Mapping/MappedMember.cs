namespace AuditHost.Intake.Mapping;

/// <summary>A member of the common envelope, and where a foreign event says it.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Paths">Paths into what was received, as <see cref="MappingPath"/> reads them. The first that has a value counts.</param>
internal sealed record MappedMember(string Name, params IReadOnlyList<string> Paths)
{
    /// <summary>The value where none of the paths has one; <see langword="null"/> leaves the member out.</summary>
    public string? Default { get; init; }

    /// <summary>What words of the sender mean, whatever their case. Other words stay as they are.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
}
