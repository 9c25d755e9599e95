using System.Security.Cryptography.X509Certificates;

namespace AuditHost.Fakes.Logstash;

/// <summary>The tcp input with the codec <c>json_lines</c>. It says nothing.</summary>
public sealed class LogstashTcpInput(X509Certificate2? certificate = null) : FakeStreamServer(certificate)
{
    public LogstashIntake Intake { get; } = new();

    /// <summary>The codec's decode_size_limit_bytes.</summary>
    public int MaxLineBytes { get; init; } = 20 << 20;

    protected override async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Intake.Keeps = Keeps;
        using var line = new MemoryStream();
        byte[] buffer = new byte[64 << 10];
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                Take(line, buffer.AsSpan(0, read));
            if (line.Length > 0)
                Break("The connection ended inside a line");
        }
        catch (FormatException exception)
        {
            Break(exception.Message);
        }
    }

    private void Take(MemoryStream line, ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            line.Write(bytes[..end]);
            bytes = bytes[(end + 1)..];
            if (line.Length > MaxLineBytes)
                throw new FormatException($"A line of {line.Length} bytes");
            Intake.Take(line.GetBuffer().AsSpan(0, (int)line.Length));
            line.SetLength(0);
        }

        line.Write(bytes);
    }
}
