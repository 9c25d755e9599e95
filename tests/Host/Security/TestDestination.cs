using System.Text;
using AuditHost.Configuration.Options;
using AuditHost.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Tests.Security;

/// <summary>Options of a destination as a site file would give them.</summary>
internal static class TestDestination
{
    public static DestinationOptions Options(
        TlsOptions? tls = null, AuthenticationOptions? authentication = null, Uri? proxy = null, ConnectionPoolOptions? pool = null, string settings = "{}") => new()
    {
        Name = "siem",
        Section = "webhooks",
        Type = "webhook",
        Enabled = true,
        Location = default!,
        Tls = tls ?? new(),
        Authentication = authentication,
        Proxy = proxy,
        ConnectionPool = pool ?? new(),
        Settings = Encoding.UTF8.GetBytes(settings),
    };

    public static DestinationContext Context(DestinationOptions options, TimeProvider? time = null, Action<string>? tokenIssued = null) =>
        new(options, Path.GetTempPath(), time ?? TimeProvider.System, NullLogger.Instance, tokenIssued);
}
