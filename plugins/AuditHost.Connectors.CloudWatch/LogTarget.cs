using System.Text.RegularExpressions;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>Where the events go, checked as far as it can be without a connection.</summary>
internal sealed partial record LogTarget(string Group, string Stream, string Region, HttpEndpoints Endpoints)
{
    private const int MaxNameLength = 512;

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static LogTarget Of(CloudWatchSettings settings, TimeProvider time)
    {
        if (!RegionName().IsMatch(settings.Region))
            throw new SettingsException("region", "Not the name of a region. Expected one such as eu-central-1");
        return new LogTarget(GroupOf(settings.LogGroup), StreamOf(settings.LogStream), settings.Region, EndpointsOf(settings, time));
    }

    private static string GroupOf(string name)
    {
        if (!GroupName().IsMatch(name))
            throw new SettingsException("log_group", "Not the name of a log group: 1 to 512 of letters, digits and . - _ / #. An ARN is none");
        return name.StartsWith("aws/", StringComparison.Ordinal)
            ? throw new SettingsException("log_group", "AWS keeps names that begin with aws/ to itself. Begin with /aws/ or another name")
            : name;
    }

    private static string StreamOf(string name)
    {
        if (name.Contains("{{", StringComparison.Ordinal))
            throw new SettingsException("log_stream", "Templates are not taken here. Use a fixed name, or a destination with event_filters per stream");
        if (name.Length is 0 or > MaxNameLength || name.AsSpan().ContainsAny(':', '*') || name.Any(char.IsControl))
            throw new SettingsException("log_stream", "Not the name of a log stream: 1 to 512 characters without : and *");
        return name;
    }

    private static HttpEndpoints EndpointsOf(CloudWatchSettings settings, TimeProvider time)
    {
        EndpointList list = settings.Endpoint ?? EndpointList.Of($"https://logs.{settings.Region}.{SuffixOf(settings.Region)}/");
        return HttpEndpoints.Parse("endpoint", list, settings.Balancing, time, static endpoint => endpoint.PathAndQuery == "/"
            ? endpoint
            : throw new ArgumentException("Has a path or a query, and CloudWatch Logs takes calls at the root. Remove it"));
    }

    /// <summary>The domain of a region's partition. Source: partitions.json of the AWS SDKs.</summary>
    private static string SuffixOf(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "amazonaws.com.cn",
        _ when region.StartsWith("eusc-", StringComparison.Ordinal) => "amazonaws.eu",
        _ when region.StartsWith("us-iso-", StringComparison.Ordinal) => "c2s.ic.gov",
        _ when region.StartsWith("us-isob-", StringComparison.Ordinal) => "sc2s.sgov.gov",
        _ when region.StartsWith("eu-isoe-", StringComparison.Ordinal) => "cloud.adc-e.uk",
        _ when region.StartsWith("us-isof-", StringComparison.Ordinal) => "csp.hci.ic.gov",
        _ => "amazonaws.com",
    };

    [GeneratedRegex(@"\A[a-z]{2,}(-[a-z0-9]+)+\z")]
    private static partial Regex RegionName();

    [GeneratedRegex(@"\A[._/#A-Za-z0-9-]{1,512}\z")]
    private static partial Regex GroupName();
}
