using System.Text;
using AuditHost.Connectors.Gelf;
using AuditHost.Formats.Gelf;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Gelf;

/// <summary>What the tests of the connector share.</summary>
internal static class GelfTests
{
    private static readonly IEventFormatter Formatter = Rendering.Create(new GelfFormatterFactory());

    public static IConnector Create(PluginContext context, Uri endpoint, string further = "") =>
        new GelfFactory().Create(Encoding.UTF8.GetBytes($$"""{"endpoint":"{{endpoint}}"{{further}}}"""), context);

    /// <summary>A batch of real events in their format, whose ids are e-1, e-2 …</summary>
    public static EventBatch Batch(int count) => BatchOf([.. Enumerable.Range(1, count).Select(number => Event(number))]);

    /// <summary>A batch of one event whose message is some bytes longer.</summary>
    public static EventBatch Padded(string padding, int number = 1) => BatchOf(Event(number, padding));

    public static EventBatch Broken(string payload) => TestBatch.OfPayloads(payload);

    /// <summary>Text that no compression makes shorter.</summary>
    public static string Noise(int bytes)
    {
        byte[] noise = new byte[bytes * 3 / 4];
        new Random(17).NextBytes(noise);
        return Convert.ToBase64String(noise);
    }

    private static EventBatch BatchOf(params AuditEvent[] events)
    {
        var body = new StringBuilder();
        var outbound = new OutboundEvent[events.Length];
        for (int index = 0; index < events.Length; index++)
        {
            string message = Formatter.Render(events[index]);
            body.Append(message).Append('\n');
            outbound[index] = new OutboundEvent(events[index], "log", Encoding.UTF8.GetBytes(message));
        }

        return new EventBatch(outbound, Encoding.UTF8.GetBytes(body.ToString()), "application/x-ndjson");
    }

    private static AuditEvent Event(int number, string padding = "") => TestEvent.Parse(
        $$$"""{"event_id":"e-{{{number}}}","timestamp":"2026-03-31T06:52:12Z","event_type":"x","context":{"user":"jürgen"},"payload":{"padding":"{{{padding}}}"}}""",
        (ulong)number);
}
