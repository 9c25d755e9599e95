namespace AuditHost.Plugins.Tests.Ocsf;

/// <summary>A row of <c>OcsfSchema.json</c>, for instance <c>integer_t! 0 1 99</c> or <c>check[]</c>.</summary>
/// <param name="Type">A simple type, or the name of an object.</param>
/// <param name="IsArray">Whether there are several.</param>
/// <param name="IsRequired">Whether it has to be there.</param>
/// <param name="Profile">The profile that brings it, if one does.</param>
/// <param name="Numbers">The numbers allowed; none where all are.</param>
internal sealed record OcsfAttribute(string Type, bool IsArray, bool IsRequired, string? Profile, long[] Numbers)
{
    public static OcsfAttribute Parse(string row)
    {
        string[] words = row.Split(' ');
        string type = words[0].TrimEnd('!');
        return new OcsfAttribute(
            type.EndsWith("[]", StringComparison.Ordinal) ? type[..^2] : type,
            type.EndsWith("[]", StringComparison.Ordinal),
            words[0].EndsWith('!'),
            words.FirstOrDefault(static word => word.StartsWith('@'))?[1..],
            [.. words.Skip(1).Where(static word => !word.StartsWith('@')).Select(static word => long.Parse(word, null))]);
    }
}
