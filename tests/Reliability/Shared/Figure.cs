namespace AuditHost.Reliability;

/// <summary>What one programme of the fault tests did in a run: a line of <c>host/RELIABILITY.md</c>.</summary>
/// <param name="Programme">What was done, in the words of the page: <c>random sequences of the journal model</c>.</param>
/// <param name="Count">How often.</param>
/// <param name="Seconds">How long all of it took.</param>
/// <param name="Seed">What it was drawn from; <see langword="null"/> where nothing is drawn.</param>
/// <param name="Detail">What else is worth knowing: faults that came up, events, duplicates.</param>
internal sealed record Figure(string Programme, long Count, double Seconds, string? Seed, string? Detail);
