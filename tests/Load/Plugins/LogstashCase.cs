using AuditHost.Fakes.Logstash;

namespace AuditHost.Load;

/// <summary>Logstash's inputs.</summary>
internal static class LogstashCase
{
    public static IPluginCase Lumberjack() => new FakeStreamCase<BeatsInput>(
        new BeatsInput(), static fake => fake.Intake.Count, static fake => $"{{ type: logstash, mode: lumberjack, endpoint: \"{fake.Address}\" }}");

    public static IPluginCase Tcp() => new FakeStreamCase<LogstashTcpInput>(
        new LogstashTcpInput(), static fake => fake.Intake.Count, static fake => $"{{ type: logstash, mode: tcp, endpoint: \"{fake.Address}\" }}");

    public static IPluginCase Http()
    {
        var input = new LogstashHttpInput();
        input.Intake.Keeps = false;
        return new HttpCase<LogstashHttpInput>(input, static fake => fake.Intake.Count, static fake => $"{{ type: logstash, mode: http, endpoint: \"{fake.Address}\" }}");
    }
}
