using System.Globalization;

namespace AuditHost.Faults;

/// <summary>What the environment asks of a run.</summary>
internal static class Settings
{
    private const int LongFactor = 100;

    /// <summary>What a run begins with where no seed is given: the same sequences every time.</summary>
    private const ulong UsualSeed = 1;

    /// <summary>Whether the long programmes are asked for.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("AUDITHOST_LONG_TESTS") == "1";

    /// <summary>How many sequences all models together take.</summary>
    public static int Sequences { get; } = Number("AUDITHOST_SEQUENCES", 200_000) * Factor;

    /// <summary>How many directories are damaged at random.</summary>
    public static int DamagedDirectories { get; } = Number("AUDITHOST_DAMAGED", 100_000) * Factor;

    /// <summary>The seed of a failure, as it was printed: three numbers, or one that a whole run begins with; <c>random</c> for a new one.</summary>
    public static ulong[] Seed { get; } = Environment.GetEnvironmentVariable("AUDITHOST_SEED") switch
    {
        "random" => [(ulong)Random.Shared.NextInt64()],
        null or "" => [UsualSeed],
        string seed => [.. seed.Split(',', StringSplitOptions.TrimEntries).Select(part => ulong.Parse(part, CultureInfo.InvariantCulture))],
    };

    private static int Factor => IsLong ? LongFactor : 1;

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
