namespace AuditHost.Formatting.Library;

/// <summary>How two texts differ.</summary>
/// <param name="Line">The first line that differs, from 1.</param>
/// <param name="Column">The first character of it that differs, from 1.</param>
/// <param name="Lines">
/// The lines around the differences, each behind a space, a minus where it is expected and missing, a plus where it is there and not expected.
/// </param>
internal sealed record TextDifference(int Line, int Column, IReadOnlyList<string> Lines);
