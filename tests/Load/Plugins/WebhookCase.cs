namespace AuditHost.Load;

/// <summary>A webhook that takes JSON lines, compressed as the other plugins compress.</summary>
internal static class WebhookCase
{
    public static IPluginCase Create() => new HttpCase<LineServer>(
        new LineServer(), static fake => fake.LineCount, static fake => $"{{ type: webhook, format: jsonl, compression: gzip, endpoint: \"{fake.Address}\" }}");
}
