using System.Diagnostics.Tracing;
using AuditHost.Configuration.Options;
using AuditHost.Security;
using Microsoft.Extensions.Logging;

namespace AuditHost.Tests.Security;

public sealed class DestinationContextTests
{
    [Theory]
    [InlineData(EventLevel.Critical, LogLevel.Critical)]
    [InlineData(EventLevel.Error, LogLevel.Error)]
    [InlineData(EventLevel.Warning, LogLevel.Warning)]
    [InlineData(EventLevel.Informational, LogLevel.Information)]
    [InlineData(EventLevel.LogAlways, LogLevel.Information)]
    [InlineData(EventLevel.Verbose, LogLevel.Debug)]
    public void A_plugins_message_is_logged_at_its_level_under_the_destinations_name(EventLevel level, LogLevel expected)
    {
        var log = new RecordingLogger();
        using var context = new DestinationContext(TestDestination.Options(), "/", TimeProvider.System, log);

        context.Log(level, "connected {0}\r\nforged entry");

        Assert.Equal((expected, "siem: connected {0} forged entry"), Assert.Single(log.Entries));
    }

    [Theory]
    [InlineData("out/audit.log", "/etc/site/out/audit.log")]
    [InlineData("../audit.log", "/etc/audit.log")]
    [InlineData("/var/log/audit.log", "/var/log/audit.log")]
    public void A_relative_path_counts_from_the_site_files_folder(string path, string expected)
    {
        using var context = new DestinationContext(TestDestination.Options(), "/etc/site", TimeProvider.System, new RecordingLogger());

        Assert.Equal(expected, context.ResolvePath(path));
    }

    [Fact]
    public void Disposing_works_unused_and_twice_and_closes_the_client()
    {
        DestinationContext unused = TestDestination.Context(TestDestination.Options());
        unused.Dispose();
        unused.Dispose();

        DestinationContext used = TestDestination.Context(TestDestination.Options());
        HttpClient http = used.Http;
        used.Dispose();
        used.Dispose();

        Assert.Throws<ObjectDisposedException>(() => http.Timeout = TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void The_client_is_the_same_each_time_and_leaves_deadlines_to_the_caller()
    {
        using DestinationContext context = TestDestination.Context(TestDestination.Options());

        Assert.Same(context.Http, context.Http);
        Assert.Equal(Timeout.InfiniteTimeSpan, context.Http.Timeout);
    }

    [Fact]
    public async Task Secrets_show_in_no_error_whatever_goes_wrong()
    {
        int closed;
        await using (RawServer server = RawServer.Silent())
            closed = server.Port;
        await using var garbage = new RawServer(async (stream, token) => await stream.WriteAsync("220 canary.example ESMTP\r\n"u8.ToArray(), token));
        AuthenticationOptions[] secrets =
        [
            new AuthenticationOptions.BearerToken("s3cr3t"),
            new AuthenticationOptions.ApiKey("X-API-Key", "s3cr3t"),
            new AuthenticationOptions.Basic("user", "s3cr3t"),
        ];
        foreach (AuthenticationOptions secret in secrets)
        {
            using DestinationContext context = TestDestination.Context(TestDestination.Options(
                authentication: secret, settings: """{"endpoint":"http://127.0.0.1/s3cr3t"}"""));
            foreach (string address in (string[])[$"http://127.0.0.1:{closed}", $"http://127.0.0.1:{garbage.Port}", $"https://127.0.0.1:{garbage.Port}"])
            {
                Exception exception = await Assert.ThrowsAnyAsync<HttpRequestException>(
                    () => context.Http.GetAsync($"{address}/s3cr3t?key=s3cr3t", TestContext.Current.CancellationToken));

                Assert.DoesNotContain("s3cr3t", exception.ToString(), StringComparison.Ordinal);
                Assert.DoesNotContain(Convert.ToBase64String("user:s3cr3t"u8), exception.ToString(), StringComparison.Ordinal);
            }
        }
    }

    private sealed class RecordingLogger : ILogger
    {
        public List<(LogLevel Level, string Text)> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add((logLevel, formatter(state, exception)));
    }
}
