using System.Globalization;
using System.Security.Cryptography;

namespace AuditHost.EndToEnd;

/// <summary>How long the fault programmes run, and the seed of their random course.</summary>
internal static class Programme
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("AUDITHOST_LONG_TESTS") == "1";

    /// <summary>A random course, printed so that <c>AUDITHOST_SEED</c> repeats it.</summary>
    public static Random Begin(ITestOutputHelper output)
    {
        int seed = Environment.GetEnvironmentVariable("AUDITHOST_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"AUDITHOST_SEED={seed}");
        return new Random(seed);
    }
}
