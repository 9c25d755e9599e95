using System.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>Writes the bodies of the calls. Source: CloudWatch Logs API Reference, the page of each action.</summary>
internal sealed class LogsRequests(LogTarget target, CloudWatchSettings settings)
{
    /// <summary>Room for one event beyond its message: the names of its members, its time, and what is escaped in it.</summary>
    private const int UsualEventOverhead = 64;

    private readonly byte[] _group = Encoding.UTF8.GetBytes(target.Group);
    private readonly byte[] _stream = Encoding.UTF8.GetBytes(target.Stream);
    private readonly string _class = settings.LogGroupClass == LogGroupClass.InfrequentAccess ? "INFREQUENT_ACCESS" : "STANDARD";

    public RequestBody PutLogEvents(EventBatch batch, ReadOnlySpan<EventSlot> call)
    {
        RequestBody body = Begin(CapacityFor(batch, call));
        body.Raw(",\"logStreamName\":"u8);
        body.Text(_stream);
        body.Raw(",\"logEvents\":["u8);
        for (int position = 0; position < call.Length; position++)
        {
            body.Raw(position == 0 ? "{\"timestamp\":"u8 : ",{\"timestamp\":"u8);
            body.Number(call[position].Time);
            body.Raw(",\"message\":"u8);
            body.Text(batch[call[position].Index].Payload.Span);
            body.Raw("}"u8);
        }

        body.Raw("]}"u8);
        return body;
    }

    public RequestBody CreateLogGroup()
    {
        RequestBody body = Begin();
        body.Raw(",\"logGroupClass\":"u8);
        Text(body, _class);
        if (settings.KmsKeyId is { } key)
        {
            body.Raw(",\"kmsKeyId\":"u8);
            Text(body, key);
        }

        if (settings.Tags.Count > 0)
            WriteTags(body);
        body.Raw("}"u8);
        return body;
    }

    public RequestBody PutRetentionPolicy(int days)
    {
        RequestBody body = Begin();
        body.Raw(",\"retentionInDays\":"u8);
        body.Number(days);
        body.Raw("}"u8);
        return body;
    }

    public RequestBody CreateLogStream()
    {
        RequestBody body = Begin();
        body.Raw(",\"logStreamName\":"u8);
        body.Text(_stream);
        body.Raw("}"u8);
        return body;
    }

    public RequestBody DescribeLogStreams()
    {
        RequestBody body = Begin();
        body.Raw(",\"logStreamNamePrefix\":"u8);
        body.Text(_stream);
        body.Raw(",\"limit\":1}"u8);
        return body;
    }

    private static int CapacityFor(EventBatch batch, ReadOnlySpan<EventSlot> call)
    {
        int messages = 0;
        foreach (EventSlot slot in call)
            messages += batch[slot.Index].Payload.Length;
        return messages + (messages / 4) + (call.Length * UsualEventOverhead) + 1024;
    }

    private static void Text(RequestBody body, string text) => body.Text(Encoding.UTF8.GetBytes(text));

    private RequestBody Begin(int capacity = 1024)
    {
        var body = new RequestBody(capacity);
        body.Raw("{\"logGroupName\":"u8);
        body.Text(_group);
        return body;
    }

    private void WriteTags(RequestBody body)
    {
        body.Raw(",\"tags\":{"u8);
        bool first = true;
        foreach ((string name, string value) in settings.Tags)
        {
            if (!first)
                body.Raw(","u8);
            first = false;
            Text(body, name);
            body.Raw(":"u8);
            Text(body, value);
        }

        body.Raw("}"u8);
    }
}
