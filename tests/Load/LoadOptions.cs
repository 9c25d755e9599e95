using System.Globalization;

namespace AuditHost.Load;

/// <summary>The command line.</summary>
internal sealed record LoadOptions
{
    public const string Usage =
        "usage: tests/load [--events N] [--case file|webhook|syslog|isolation|recovery|backlog|reliability|plugins] [--seconds S] [--input http|stdin|tcp|syslog|file]";

    /// <summary>The loading of the built-in plugins.</summary>
    public const string PluginsCase = "plugins";

    /// <summary>One way through the host each.</summary>
    public static readonly IReadOnlyList<string> WayCases = ["file", "webhook", "syslog"];

    /// <summary>What <c>host/RELIABILITY.md</c> says of a machine.</summary>
    public static readonly IReadOnlyList<string> ReliabilityCases = ["isolation", "recovery", "backlog"];

    private static readonly Dictionary<string, InputKind> Inputs = new()
    {
        ["http"] = InputKind.Http, ["stdin"] = InputKind.StandardInput, ["tcp"] = InputKind.Tcp, ["syslog"] = InputKind.Syslog, ["file"] = InputKind.File,
    };

    /// <summary>How many events a case sends as fast as they are taken; whole bodies.</summary>
    public int Events { get; private init; } = 200_000;

    /// <summary>How long the steady phase lasts.</summary>
    public int Seconds { get; private init; } = 3;

    public InputKind Input { get; private init; }

    public IReadOnlyList<string> Cases { get; private init; } = WayCases;

    /// <exception cref="FormatException">The command line cannot be understood.</exception>
    public static LoadOptions Parse(string[] args)
    {
        var options = new LoadOptions();
        for (int index = 0; index < args.Length; index += 2)
        {
            string value = index + 1 < args.Length ? args[index + 1] : throw new FormatException($"{args[index]} needs a value.");
            options = args[index] switch
            {
                "--events" => options with { Events = (Number(value) + Sender.FloodBody - 1) / Sender.FloodBody * Sender.FloodBody },
                "--seconds" => options with { Seconds = Number(value) },
                "--case" when WayCases.Contains(value) || ReliabilityCases.Contains(value) || value == PluginsCase => options with { Cases = [value] },
                "--case" when value == "reliability" => options with { Cases = ReliabilityCases },
                "--input" when Inputs.TryGetValue(value, out InputKind input) => options with { Input = input },
                _ => throw new FormatException($"{args[index]} {value} is not known."),
            };
        }

        return options;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 100_000_000
            ? number
            : throw new FormatException($"{text} is not a number from 1 to 100000000.");
}
