using System.Globalization;

namespace AuditHost.Faults;

/// <summary>What the environment asks of a run.</summary>
internal static class Settings
{
    private const int LongFactor = 100;

    /// <summary>What a run begins with where no seed is given: the same sequences every time.</summary>
    private const string UsualSeed = "1";

    /// <summary>Whether the long programmes are asked for.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("AUDITHOST_LONG_TESTS") == "1";

    /// <summary>How many sequences all models together take.</summary>
    public static int Sequences { get; } = Number("AUDITHOST_SEQUENCES", 5_000) * Factor;

    /// <summary>The seed of a failure, as it was printed: three numbers, or one to begin a whole run with; <c>random</c> for a new one.</summary>
    public static ulong[] Seed { get; } =
    [
        .. (Environment.GetEnvironmentVariable("AUDITHOST_SEED") ?? UsualSeed).Replace("random", "", StringComparison.Ordinal)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => ulong.Parse(part, CultureInfo.InvariantCulture)),
    ];

    private static int Factor => IsLong ? LongFactor : 1;

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
