namespace AuditHost.Fakes.Datadog;

/// <summary>A metric as DogStatsD read it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">c, g, d, h, ms or s.</param>
/// <param name="Values">Its values; several where they came packed.</param>
/// <param name="Tags">Its tags, in order.</param>
public sealed record StatsdSample(string Name, string Type, IReadOnlyList<double> Values, IReadOnlyList<string> Tags);
