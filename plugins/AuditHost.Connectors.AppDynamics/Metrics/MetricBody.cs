using System.Text;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Metrics;

/// <summary>
/// Writes counts as the agent's listener takes them ("Machine Agent HTTP Listener"): whole numbers, which the agent adds up over a minute.
/// </summary>
/// <param name="path">What each name begins with.</param>
/// <param name="types">The names of the types.</param>
internal sealed class MetricBody(string path, TypeNames types)
{
    private readonly byte[] _path = Encoding.ASCII.GetBytes(path + "|");

    public void Write(EventCounts counts, PooledBuffer body)
    {
        Span<byte> name = stackalloc byte[MetricPath.LongestName];
        using var metric = new PooledBuffer(512);
        var json = new JsonWriter(body);
        json.BeginArray();
        int place = 0;
        while (counts.TryNext(ref place, out int type, out Severity severity, out long count))
        {
            int length = Encoding.ASCII.GetBytes(types[type], name);
            metric.Clear();
            Append(metric, _path);
            Append(metric, name[..length]);
            Append(metric, "|"u8);
            Append(metric, SeverityName.Of(severity));
            json.BeginObject();
            json.Name("metricName"u8);
            json.String(metric.Written.Span);
            json.Name("aggregatorType"u8);
            json.Quoted("SUM"u8);
            json.Name("value"u8);
            json.Number(count);
            json.EndObject();
        }

        json.EndArray();
        json.Flush();
    }

    private static void Append(PooledBuffer metric, ReadOnlySpan<byte> text)
    {
        text.CopyTo(metric.GetSpan(text.Length));
        metric.Advance(text.Length);
    }
}
