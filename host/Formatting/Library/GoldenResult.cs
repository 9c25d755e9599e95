namespace AuditHost.Formatting.Library;

/// <summary>The end of a template's test.</summary>
/// <param name="Template">The template's name.</param>
/// <param name="Path">Its file.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Events">How many events were rendered.</param>
/// <param name="Problem">Why it failed, in a line or, of errors of the template, several.</param>
/// <param name="Difference">Where the rendering differs.</param>
internal sealed record GoldenResult(
    string Template, string Path, GoldenOutcome Outcome, int Events = 0, string? Problem = null, TextDifference? Difference = null);
