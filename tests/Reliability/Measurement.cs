using System.Text.Json;

namespace AuditHost.Reliability;

/// <summary>What a machine reached. Nothing is asserted of it; it stands in <c>host/RELIABILITY.md</c> beside what is aimed at.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Figure">With its unit.</param>
/// <param name="Aim">What it is held against.</param>
internal sealed record Measurement(string What, string Figure, string Aim)
{
    /// <summary>Prints measurements, and keeps them in the folder that <c>AUDITHOST_FIGURES</c> names.</summary>
    public static void Keep(IEnumerable<Measurement> measurements)
    {
        foreach (Measurement measurement in measurements)
        {
            Console.WriteLine($"  {measurement.What}: {measurement.Figure} ({measurement.Aim})");
            if (Environment.GetEnvironmentVariable("AUDITHOST_FIGURES") is not { Length: > 0 } folder)
                continue;
            Directory.CreateDirectory(folder);
            File.WriteAllText(
                Path.Combine(folder, $"{string.Concat(measurement.What.Where(char.IsAsciiLetterOrDigit))}.measurement"), JsonSerializer.Serialize(measurement));
        }
    }
}
