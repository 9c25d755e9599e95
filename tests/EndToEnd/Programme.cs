using System.Globalization;

namespace AuditHost.EndToEnd;

/// <summary>How long the fault programmes run, and the seed of their random course.</summary>
internal static class Programme
{
    private const int UsualSeed = 20261126;
    private const int LongFactor = 100;

    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("AUDITHOST_LONG_TESTS") == "1";

    /// <summary>The same in every run unless <c>AUDITHOST_SEED</c> says another one.</summary>
    public static int Seed { get; } = Environment.GetEnvironmentVariable("AUDITHOST_SEED") is { Length: > 0 } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : UsualSeed;

    /// <summary>The seed as figures name it.</summary>
    public static string SeedText => Seed.ToString(CultureInfo.InvariantCulture);

    /// <summary>So many in a usual run, and in a long one a hundred times as many, or what can be had of a costly programme.</summary>
    public static int Times(int usual, int longFactor = LongFactor) => IsLong ? usual * longFactor : usual;

    /// <summary>A random course, printed so that <c>AUDITHOST_SEED</c> repeats it.</summary>
    /// <param name="output">The test's.</param>
    /// <param name="chain">Which of several courses that run side by side.</param>
    public static Random Begin(ITestOutputHelper output, int chain = 0)
    {
        output.WriteLine($"AUDITHOST_SEED={Seed}");
        return new Random(unchecked((Seed * 397) ^ chain));
    }
}
