using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;

namespace AuditHost.Fakes.Prometheus;

/// <summary>
/// A receiver of remote write 1.0 and 2.0, strict by both specifications: headers, compression, the messages, the order of labels and of
/// samples. Answers a request of 2.0 with the headers that say what was written.
/// </summary>
public sealed class RemoteWriteReceiver(int port = 0) : FakeHttpServer(port)
{
    public const string Path = "/api/v1/write";

    private readonly ConcurrentQueue<WrittenSample> _samples = [];
    private readonly ConcurrentDictionary<string, long> _latest = new();
    private long _sampleCount;

    /// <summary>Whether it speaks 2.0; otherwise such a request gets 415, as the specification has it.</summary>
    public bool Speaks2 { get; set; } = true;

    /// <summary>As Prometheus before 2.54: reads every request as one of 1.0, finds nothing in one of 2.0 and says success.</summary>
    public bool IgnoresContentType { get; set; }

    public IReadOnlyList<WrittenSample> Samples => [.. _samples];

    public long SampleCount => Volatile.Read(ref _sampleCount);

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (request.Path != Path)
            return Refuse("another path", new FakeAnswer(404, "404 page not found\n", "text/plain; charset=utf-8"));
        if (request.Method == "OPTIONS")
            return new FakeAnswer(204);
        if (request.Method != "POST")
            return Refuse("another method", new FakeAnswer(405));
        if (request.Header("Content-Encoding") != "snappy")
            return Refuse("another compression than snappy", Bad(415, "snappy is expected"));
        if (request.Header("User-Agent").Length == 0)
            return Refuse("no User-Agent", Bad(400, "no User-Agent"));
        return VersionOf(request) switch
        {
            1 => Take(request, version2: false),
            2 when IgnoresContentType => new FakeAnswer(204),
            2 when !Speaks2 => Bad(415, "io.prometheus.write.v2.Request protobuf message is not accepted by this server"),
            2 => Take(request, version2: true),
            _ => Refuse("a media type and a version header that do not belong together", Bad(415, "unsupported")),
        };
    }

    private static int VersionOf(FakeRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.Header("Content-Type"), out MediaTypeHeaderValue? type) || type.MediaType != "application/x-protobuf")
            return 0;
        string? message = type.Parameters.SingleOrDefault(parameter => parameter.Name == "proto")?.Value;
        return (message, request.Header("X-Prometheus-Remote-Write-Version")) switch
        {
            (null or "prometheus.WriteRequest", "0.1.0") => 1,
            ("io.prometheus.write.v2.Request", "2.0.0") => 2,
            _ => 0,
        };
    }

    private FakeAnswer Take(FakeRequest request, bool version2)
    {
        List<WrittenSample> samples;
        try
        {
            byte[] message = SnappyBlock.Decompress(request.Raw.Span);
            samples = version2 ? WriteRequestReader.Read2(message) : WriteRequestReader.Read1(message);
        }
        catch (Exception exception) when (exception is FormatException or System.Text.DecoderFallbackException)
        {
            return Refuse(exception.Message, Bad(400, exception.Message));
        }

        int written = 0;
        string? refused = null;
        foreach (WrittenSample sample in samples)
        {
            if (_latest.TryGetValue(sample.Series, out long latest) && sample.Timestamp <= latest)
            {
                refused ??= $"out of order sample of {sample.Series}";
                continue;
            }

            _latest[sample.Series] = sample.Timestamp;
            written++;
            Interlocked.Increment(ref _sampleCount);
            if (Keeps)
                _samples.Enqueue(sample);
        }

        FakeAnswer answer = refused is null ? new FakeAnswer(204) : Refuse(refused, Bad(400, refused));
        return version2 ? Counted(answer, written) : answer;
    }

    /// <summary>An answer with what a receiver of 2.0 has to say in it.</summary>
    public static FakeAnswer Counted(FakeAnswer answer, int samples) => answer
        .With("X-Prometheus-Remote-Write-Samples-Written", samples.ToString(CultureInfo.InvariantCulture))
        .With("X-Prometheus-Remote-Write-Histograms-Written", "0")
        .With("X-Prometheus-Remote-Write-Exemplars-Written", "0");

    private static FakeAnswer Bad(int status, string text) => new(status, text + "\n", "text/plain; charset=utf-8");
}
