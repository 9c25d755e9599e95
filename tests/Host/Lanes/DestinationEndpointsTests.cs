using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Lanes;
using AuditHost.Sdk;

namespace AuditHost.Tests.Lanes;

public sealed class DestinationEndpointsTests
{
    [Theory]
    [InlineData("https://user:canary@host:8443/in?key=canary#canary", "https://host:8443/in")]
    [InlineData("tls://siem.example:6514/", "tls://siem.example:6514")]
    [InlineData("udp://[::1]:514", "udp://[::1]:514")]
    [InlineData("file:///var/log/a%20b.jsonl", "/var/log/a b.jsonl")]
    [InlineData("./out/a:b #1.jsonl", "/etc/audithost/out/a:b #1.jsonl")]
    [InlineData("https://hooks.example/secret-path", "https://hooks.example/***")]
    public void Endpoint_is_shown_without_secrets(string endpoint, string expected)
    {
        IReadOnlyList<string> shown = DestinationEndpoints.Of(
            new Factory(() => [Parse(endpoint)]), Options(), "/etc/audithost", text => text.Replace("secret-path", "***", StringComparison.Ordinal));

        Assert.Equal([expected], shown);
    }

    [Fact]
    public void Plugin_that_fails_shows_nothing() =>
        Assert.Empty(DestinationEndpoints.Of(new Factory(() => throw new InvalidOperationException()), Options(), "/", text => text));

    private static Uri Parse(string text) => new(text, text.StartsWith('.') ? UriKind.Relative : UriKind.Absolute);

    private static DestinationOptions Options() =>
        new() { Name = "a", Section = "siem", Type = "x", Enabled = true, Location = new SourceLocation("site.yaml", 1, 1) };

    private sealed class Factory(Func<IReadOnlyList<Uri>> endpoints) : ConnectorFactory(new ConnectorInfo("x", "For tests."))
    {
        public override ReadOnlyMemory<byte> SettingsSchema => "{}"u8.ToArray();

        public override IConnector Create(ReadOnlyMemory<byte> settings, PluginContext context) => throw new NotSupportedException();

        public override IReadOnlyList<Uri> Endpoints(ReadOnlyMemory<byte> settings) => endpoints();
    }
}
