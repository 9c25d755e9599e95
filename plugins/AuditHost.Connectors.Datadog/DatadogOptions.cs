using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog;

/// <summary>The settings, checked.</summary>
internal sealed record DatadogOptions
{
    public required DatadogAddresses Addresses { get; init; }

    /// <summary>Empty where nothing needs one.</summary>
    public required string ApiKey { get; init; }

    public required IReadOnlyList<DatadogSignal> Signals { get; init; }

    public required bool SendsSpans { get; init; }

    /// <summary>Whether spans go to a receiver of the site's own.</summary>
    public required bool HasApmEndpoint { get; init; }

    public required string ServiceName { get; init; }

    public required string? Environment { get; init; }

    public required string HostName { get; init; }

    /// <summary>What stands on everything: the service, the environment and those of the settings.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    public required string MetricPrefix { get; init; }

    public required byte[] Source { get; init; }

    public required OldEvents OldEvents { get; init; }

    public required HttpCompression Compression { get; init; }

    public required Uri DogStatsd { get; init; }

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static DatadogOptions Of(DatadogSettings settings, TimeProvider time)
    {
        if (settings.Send.Count == 0)
            throw new SettingsException("send", "Empty. Say what is sent: metrics, logs, events or dogstatsd");
        if (settings.Send.Distinct().Count() < settings.Send.Count)
            throw new SettingsException("send", "Has one word twice. Remove it");
        if (settings.Send.Contains(DatadogSignal.Metrics) && settings.Send.Contains(DatadogSignal.DogStatsd))
            throw new SettingsException("send", "Has both metrics and dogstatsd, and every event would be counted twice. Keep one");
        bool needsKey = settings.Send.Any(signal => signal != DatadogSignal.DogStatsd) || (settings.ApmEnabled && settings.ApmEndpoint is null);
        string key = settings.ApiKey is { Length: > 0 } given ? HttpHeader.CheckValue("api_key", given) : string.Empty;
        if (needsKey && key.Length == 0)
            throw new SettingsException("api_key", "Missing. Give it an API key of the site's organization");
        Text("service_name", settings.ServiceName);
        Text("source", settings.Source);
        return new DatadogOptions
        {
            Addresses = new DatadogAddresses(settings, time),
            ApiKey = key,
            Signals = settings.Send,
            SendsSpans = settings.ApmEnabled,
            HasApmEndpoint = settings.ApmEndpoint is not null,
            ServiceName = settings.ServiceName,
            Environment = settings.Environment is { Length: > 0 } environment ? environment : null,
            HostName = settings.HostName is null ? System.Environment.MachineName : Text("host_name", settings.HostName),
            Tags = TagsOf(settings),
            MetricPrefix = PrefixOf(settings.MetricPrefix),
            Source = Encoding.UTF8.GetBytes(settings.Source),
            OldEvents = settings.OldEvents,
            Compression = settings.Compression,
            DogStatsd = DogStatsdOf(settings.DogstatsdEndpoint),
        };
    }

    private static string[] TagsOf(DatadogSettings settings)
    {
        for (int index = 0; index < settings.Tags.Count; index++)
        {
            if (TagText.Normalize(settings.Tags[index]) is not { Length: > 0 } tag || !char.IsLetter(tag[0]) || settings.Tags[index].TrimEnd()[^1] == ':')
                throw new SettingsException($"tags[{index}]", "Not a tag. Begin with a letter and do not end with a colon, for instance team:audit");
        }

        return
        [
            $"service:{TagText.Normalize(settings.ServiceName)}",
            .. settings.Environment is { Length: > 0 } environment ? [$"env:{TagText.Normalize(environment)}"] : Array.Empty<string>(),
            .. settings.Tags.Select(TagText.Normalize),
        ];
    }

    /// <summary>A metric's name begins with a letter, has letters, digits, '_' and '.', and at most 200 characters ("Custom Metrics").</summary>
    private static string PrefixOf(string prefix) =>
        prefix.Length is > 0 and <= 100 && char.IsAsciiLetter(prefix[0]) && prefix[^1] != '.' && prefix.All(static one => char.IsAsciiLetterOrDigit(one) || one is '_' or '.')
            ? prefix
            : throw new SettingsException("metric_prefix", "Not a prefix. Use letters, digits, '_' and '.' inside, begin with a letter; a dot follows by itself");

    private static Uri DogStatsdOf(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("udp" or "unix"))
            throw new SettingsException("dogstatsd_endpoint", "Not an address of DogStatsD. Expected udp://host:8125 or unix:/var/run/datadog/dsd.socket");
        bool isWhole = endpoint.Scheme == "unix"
            ? endpoint.AbsolutePath.Length > 1
            : endpoint is { Host.Length: > 0, Port: > 0, UserInfo.Length: 0, PathAndQuery: "" or "/", Fragment.Length: 0 };
        return isWhole ? endpoint : throw new SettingsException("dogstatsd_endpoint", "Not udp://host:port or unix:/path alone");
    }

    private static string Text(string setting, string text) =>
        string.IsNullOrWhiteSpace(text) ? throw new SettingsException(setting, "Empty. Give it a value, or leave it out") : text;
}
