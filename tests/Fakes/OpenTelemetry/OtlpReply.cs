using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AuditHost.Fakes.OpenTelemetry;

/// <summary>Answers of a receiver, in the encoding of the request.</summary>
public static class OtlpReply
{
    public const string Protobuf = "application/x-protobuf";
    public const string Json = "application/json";

    /// <summary>An <c>ExportLogsServiceResponse</c>. Of a whole success nothing is set: in protobuf it has no bytes.</summary>
    /// <param name="contentType">The request's.</param>
    /// <param name="rejected">How many records were rejected.</param>
    /// <param name="message">Why, or a warning.</param>
    public static FakeAnswer Response(string contentType, long rejected = 0, string message = "")
    {
        bool isEmpty = rejected == 0 && message.Length == 0;
        if (contentType == Json)
        {
            string count = rejected == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"\"rejectedLogRecords\":\"{rejected}\",");
            return new FakeAnswer(200, isEmpty ? "{}" : $$$"""{"partialSuccess":{{{{count}}}"errorMessage":{{{JsonSerializer.Serialize(message)}}}}}""");
        }

        byte[] partial = [.. rejected == 0 ? [] : (byte[])[0x08, .. Varint((ulong)rejected)], .. Bytes(2, Encoding.UTF8.GetBytes(message))];
        return isEmpty ? new FakeAnswer(200).With("Content-Type", Protobuf) : new FakeAnswer(200, Bytes(1, partial), Protobuf);
    }

    /// <summary>A failure, with a <c>google.rpc.Status</c>.</summary>
    public static FakeAnswer Failure(string contentType, int status, string message) => contentType == Json
        ? new FakeAnswer(status, $$"""{"code":3,"message":{{JsonSerializer.Serialize(message)}}}""")
        : new FakeAnswer(status, (byte[])[0x08, 3, .. Bytes(2, Encoding.UTF8.GetBytes(message))], Protobuf);

    private static byte[] Bytes(int field, byte[] value) => [(byte)((field << 3) | WireReader.Length), .. Varint((ulong)value.Length), .. value];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
