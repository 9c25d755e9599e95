using System.Globalization;

namespace AuditHost.Load;

/// <summary>The command line.</summary>
internal sealed record LoadOptions
{
    public const string Usage =
        """
        usage: tests/load [--case file|webhook|syslog|intake|day|isolation|recovery|backlog|reliability|plugins|loading]
                          [--input http|stdin|tcp|syslog|file] [--events N] [--full] [--seconds S] [--destinations N] [--plugin NAME]...
                          [--against rsyslog|rsyslog-disk|syslog-ng|syslog-ng-disk|FOLDER]... [--rounds N] [--warm-up S] [--keep FOLDER]
        """;

    /// <summary>The way through each connector plugin.</summary>
    public const string PluginsCase = "plugins";

    /// <summary>The loading of the built-in plugins.</summary>
    public const string LoadingCase = "loading";

    /// <summary>The journal alone, against the disk.</summary>
    public const string IntakeCase = "intake";

    /// <summary>A day's events in an hour.</summary>
    public const string DayCase = "day";

    /// <summary>One way through the host each, named after how events leave.</summary>
    public static readonly IReadOnlyList<string> WayCases = ["file", "webhook", "syslog"];

    /// <summary>What <c>host/RELIABILITY.md</c> says of a machine.</summary>
    public static readonly IReadOnlyList<string> ReliabilityCases = ["isolation", "recovery", "backlog"];

    private static readonly IReadOnlyList<string> OtherCases = [IntakeCase, DayCase, PluginsCase, LoadingCase];

    private static readonly Dictionary<string, InputKind> Inputs = new()
    {
        ["http"] = InputKind.Http, ["stdin"] = InputKind.StandardInput, ["tcp"] = InputKind.Tcp, ["syslog"] = InputKind.Syslog, ["file"] = InputKind.File,
    };

    private int? _events;
    private int? _seconds;
    private IReadOnlyList<string> _plugins = [];

    /// <summary>How many events a case sends as fast as they are taken; whole bodies.</summary>
    public int Events => _events ?? 200_000;

    /// <summary>How long the steady phase lasts.</summary>
    public int Seconds => _seconds ?? 3;

    /// <summary>How many events go through each plugin after the warm-up.</summary>
    public int PluginEvents => _events ?? 500_000;

    /// <summary>How many events warm a host up before those of a plugin that count: some seconds' worth.</summary>
    public int PluginWarmUp => PluginEvents / 2 / Sender.FloodBody * Sender.FloodBody;

    /// <summary>Which plugins are measured.</summary>
    public IEnumerable<string> Plugins => _plugins.Count > 0 ? _plugins : PluginCases.All.Keys;

    /// <summary>How many events a day has.</summary>
    public int DayEvents => _events ?? 20_000_000;

    /// <summary>How long the day lasts here.</summary>
    public int DaySeconds => _seconds ?? 3600;

    public InputKind Input { get; private init; }

    public IReadOnlyList<string> Cases { get; private init; } = WayCases;

    /// <summary>Whether events have all their optional detail.</summary>
    public bool Full { get; private init; }

    /// <summary>How many receivers get every event.</summary>
    public int Destinations { get; private init; } = 1;

    /// <summary>What the host is compared with: names of peers, and folders of builds.</summary>
    public IReadOnlyList<string> Against { get; private init; } = [];

    /// <summary>How often each contender has its turn.</summary>
    public int Rounds { get; private init; } = 3;

    /// <summary>
    /// How long events come in before those that count, where figures are compared: the host's code is compiled again while it works, and only
    /// that of some seconds later is what a host runs all day.
    /// </summary>
    public TimeSpan WarmUp { get; private init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where results and the contenders' configurations are kept.</summary>
    public string? Keep { get; private init; }

    /// <exception cref="FormatException">The command line cannot be understood.</exception>
    public static LoadOptions Parse(string[] args)
    {
        var options = new LoadOptions();
        for (int index = 0; index < args.Length; index++)
        {
            if (args[index] == "--full")
            {
                options = options with { Full = true };
                continue;
            }

            string name = args[index];
            string value = ++index < args.Length ? args[index] : throw new FormatException($"{name} needs a value.");
            options = name switch
            {
                "--events" => options with { _events = (Number(value) + Sender.FloodBody - 1) / Sender.FloodBody * Sender.FloodBody },
                "--seconds" => options with { _seconds = Number(value) },
                "--case" when WayCases.Contains(value) || ReliabilityCases.Contains(value) || OtherCases.Contains(value) => options with { Cases = [value] },
                "--case" when value == "reliability" => options with { Cases = ReliabilityCases },
                "--input" when Inputs.TryGetValue(value, out InputKind input) => options with { Input = input },
                "--destinations" => options with { Destinations = Number(value) },
                "--against" => options with { Against = [.. options.Against, value] },
                "--plugin" when PluginCases.All.ContainsKey(value) => options with { _plugins = [.. options._plugins, value] },
                "--rounds" => options with { Rounds = Number(value) },
                "--warm-up" => options with { WarmUp = TimeSpan.FromSeconds(Number(value)) },
                "--keep" => options with { Keep = value },
                _ => throw new FormatException($"{name} {value} is not known."),
            };
        }

        return options;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 100_000_000
            ? number
            : throw new FormatException($"{text} is not a number from 1 to 100000000.");
}
