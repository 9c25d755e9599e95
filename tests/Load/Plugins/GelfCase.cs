using AuditHost.Fakes.Graylog;

namespace AuditHost.Load;

/// <summary>Graylog's inputs for GELF.</summary>
internal static class GelfCase
{
    public static IPluginCase Tcp() => new StreamCase(0, static port => $"{{ type: gelf, endpoint: \"tcp://127.0.0.1:{port}\" }}");

    public static IPluginCase Http() => new HttpCase<GelfHttpInput>(
        Input(bulk: false), static fake => fake.Intake.Count, static fake => $"{{ type: gelf, endpoint: \"{fake.Address}gelf\" }}");

    public static IPluginCase Bulk() => new HttpCase<GelfHttpInput>(
        Input(bulk: true), static fake => fake.Intake.Count, static fake => $"{{ type: gelf, bulk: true, endpoint: \"{fake.Address}gelf\" }}");

    private static GelfHttpInput Input(bool bulk)
    {
        var input = new GelfHttpInput { Bulk = bulk };
        input.Intake.Keeps = false;
        return input;
    }
}
