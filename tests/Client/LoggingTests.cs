using System.Text.Json;
using AuditHost.Client.Logging;
using AuditHost.Fakes.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AuditHost.Client.Tests;

public sealed class LoggingTests : ClientTest
{
    [Fact]
    public async Task Two_lines_are_enough()
    {
        var services = new ServiceCollection();
        services.AddLogging(builder => builder.AddAuditHost(Intake.Address));
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            ILogger logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Login");
            using (logger.BeginScope(new Dictionary<string, object?> { ["operation_id"] = "op-7" }))
                logger.Log(LogLevel.Warning, new EventId(4625, "LoginRefused"), new InvalidOperationException("no"), "{User} was refused after {Attempts}", "alice", 3);
            logger.LogDebug("not sent");
        }

        JsonElement one = Intake.Events.Single();
        Assert.Equal(
            ("LoginRefused", "Medium", "alice", "op-7", "alice was refused after 3"),
            (Text(one, "event_type"), Text(one, "severity"), Text(one, "user"), Text(one, "operation_id"), Text(one, "message")));
        JsonElement payload = one.GetProperty("payload");
        Assert.Equal(("Shop.Login", 3, 4625), (Text(payload, "category"), payload.GetProperty("Attempts").GetInt32(), payload.GetProperty("event_number").GetInt32()));
        Assert.StartsWith("System.InvalidOperationException: no", Text(payload, "exception"), StringComparison.Ordinal);
        Assert.False(payload.TryGetProperty("{OriginalFormat}", out _));
        Assert.Empty(Intake.Violations);
    }

    [Theory]
    [InlineData(LogLevel.Information, "Info")]
    [InlineData(LogLevel.Warning, "Medium")]
    [InlineData(LogLevel.Error, "High")]
    [InlineData(LogLevel.Critical, "Critical")]
    public void Each_level_is_a_severity(LogLevel level, string severity)
    {
        using (var provider = new AuditLoggerProvider(new AuditClient(Intake.Address)))
            provider.CreateLogger("c").Log(level, "text");

        Assert.Equal(("LogEvent", severity), (Text(Intake.Events.Single(), "event_type"), Text(Intake.Events.Single(), "severity")));
    }

    [Fact]
    public async Task An_entry_that_is_refused_is_reported()
    {
        List<string> reported = [];
        Intake.FailNext(FakeIntake.BadEvents((0, "not today")));
        await using (var provider = new AuditLoggerProvider(Create(onRejected: (_, reason) => reported.Add(reason))))
            provider.CreateLogger("c").Log(LogLevel.Error, "text");

        Assert.Equal(["$: not today"], reported);
        Assert.Single(Rejected());
    }

    private static string? Text(JsonElement owner, string name) => owner.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
