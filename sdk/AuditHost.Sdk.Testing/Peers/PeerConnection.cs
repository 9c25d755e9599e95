using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AuditHost.Sdk.Testing;

/// <summary>One connection of the HTTP peer: reads requests by the letter and writes whatever it is told.</summary>
internal sealed class PeerConnection(Socket socket) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Reads a request; <see langword="null"/> where the client has none any more.</summary>
    public async Task<PeerRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        string? line = await ReadLineAsync(cancellationToken);
        if (line is null)
            return null;
        string[] parts = line.Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 } header)
        {
            int colon = header.IndexOf(':', StringComparison.Ordinal);
            headers[header[..colon]] = header[(colon + 1)..].Trim();
        }

        if (headers.ContainsKey("Expect"))
            await WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellationToken);
        return new PeerRequest(0, parts[0], parts[1], headers, await ReadBodyAsync(headers, cancellationToken));
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => await _stream.WriteAsync(bytes, cancellationToken);

    /// <summary>Completes when the client has closed the connection, or the peer has.</summary>
    public async Task ClosedAsync(CancellationToken cancellationToken)
    {
        byte[] ignored = new byte[4096];
        while (await _stream.ReadAsync(ignored, cancellationToken) > 0)
        {
        }
    }

    /// <summary>Ends the connection with a reset instead of a close.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, 0);
        Dispose();
    }

    public void Dispose() => _stream.Dispose();

    private async Task<byte[]> ReadBodyAsync(Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>();
        if (headers.TryGetValue("Content-Length", out string? length))
        {
            await ReadExactlyAsync(int.Parse(length, CultureInfo.InvariantCulture), body, cancellationToken);
        }
        else if (headers.TryGetValue("Transfer-Encoding", out string? encoding) && encoding == "chunked")
        {
            while (await ReadChunkAsync(body, cancellationToken))
            {
            }
        }

        return body.WrittenSpan.ToArray();
    }

    private async Task<bool> ReadChunkAsync(ArrayBufferWriter<byte> body, CancellationToken cancellationToken)
    {
        string size = await ReadLineAsync(cancellationToken) ?? throw new IOException("The client went away in the middle of a request.");
        int length = int.Parse(size.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        await ReadExactlyAsync(length, body, cancellationToken);
        await ReadLineAsync(cancellationToken);
        return length > 0;
    }

    private async Task ReadExactlyAsync(int count, ArrayBufferWriter<byte> target, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (_start == _end && !await FillAsync(cancellationToken))
                throw new IOException("The client went away in the middle of a request.");
            int taken = Math.Min(count, _end - _start);
            target.Write(_buffer.AsSpan(_start, taken));
            _start += taken;
            count -= taken;
        }
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end && !await FillAsync(cancellationToken))
                return null;
            char next = (char)_buffer[_start++];
            if (next == '\n')
                return line.ToString();
            if (next != '\r')
                line.Append(next);
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await _stream.ReadAsync(_buffer, cancellationToken);
        return _end > 0;
    }
}
