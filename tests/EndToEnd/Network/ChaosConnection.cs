using System.Net;
using System.Net.Sockets;

namespace AuditHost.EndToEnd.Network;

/// <summary>One connection through a <see cref="ChaosProxy"/>, and the fault that it meets.</summary>
internal sealed class ChaosConnection(ChaosProxy proxy, Socket client) : IDisposable
{
    private const int BufferSize = 16 * 1024;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan TrickleInterval = TimeSpan.FromSeconds(1);

    private readonly Socket _client = client;
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private HttpAnswer _answer = new();
    private Fault? _fault;
    private int _passed;

    public async Task RunAsync(int target)
    {
        try
        {
            _client.NoDelay = true;
            _server.NoDelay = true;
            _fault = proxy.Claim(atStart: true);
            await _server.ConnectAsync(IPAddress.Loopback, target);
            await Task.WhenAll(EndingAsync(PassRequestsAsync()), EndingAsync(PassResponsesAsync()));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut, or one of the two is gone.
        }
        finally
        {
            Dispose();
            if (_fault is { } fault)
                proxy.Rearm(fault);
        }
    }

    /// <summary>Closes both ends.</summary>
    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    /// <summary>One direction that fails takes the other along.</summary>
    private async Task EndingAsync(Task direction)
    {
        try
        {
            await direction;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private async Task PassRequestsAsync()
    {
        byte[] buffer = new byte[BufferSize];
        int read;
        while ((read = await _client.ReceiveAsync(buffer)) > 0)
        {
            _fault ??= proxy.Claim(atStart: false);
            if (await MeetRequestAsync(buffer.AsMemory(0, read)))
                await _server.SendAsync(buffer.AsMemory(0, read));
        }

        _server.Shutdown(SocketShutdown.Send);
    }

    /// <returns>Whether the bytes pass as they are.</returns>
    private async Task<bool> MeetRequestAsync(ReadOnlyMemory<byte> bytes)
    {
        switch (_fault?.Kind)
        {
            case FaultKind.CutRequest:
                int left = Math.Min(_fault.After - _passed, bytes.Length);
                await _server.SendAsync(bytes[..left]);
                _passed += left;
                if (_passed == _fault.After)
                    CutFor(_fault);
                return false;
            case FaultKind.Delay:
                await Task.Delay(Moment);
                proxy.Count(_fault);
                _fault = null;
                return true;
            case FaultKind.BlackHole:
                proxy.Count(_fault);
                return false;
            case FaultKind.Reset:
                await _server.SendAsync(bytes);
                _client.LingerState = new LingerOption(true, 0);
                CutFor(_fault);
                return false;
            case FaultKind.HalfClose:
                if (_passed == 0)
                    _client.Shutdown(SocketShutdown.Send);
                _passed += bytes.Length;
                proxy.Count(_fault);
                return true;
            case FaultKind.Jitter:
                await PassInPiecesAsync(_server, bytes, pieces: 4);
                return false;
            case FaultKind.SingleBytes:
                await PassInPiecesAsync(_server, bytes, bytes.Length);
                return false;
            case { } kind when ForgedAnswer.Of(kind) is { } forged:
                await ForgeAsync(_fault, forged);
                return false;
            default:
                return true;
        }
    }

    private async Task PassResponsesAsync()
    {
        byte[] buffer = new byte[BufferSize];
        int read;
        while ((read = await _server.ReceiveAsync(buffer)) > 0)
        {
            if (await MeetResponseAsync(buffer.AsMemory(0, read)))
                await _client.SendAsync(buffer.AsMemory(0, read));
        }

        _client.Shutdown(SocketShutdown.Send);
    }

    /// <returns>Whether the bytes pass as they are.</returns>
    private async Task<bool> MeetResponseAsync(ReadOnlyMemory<byte> bytes)
    {
        switch (_fault?.Kind)
        {
            case FaultKind.CutResponse:
                int left = Math.Min(_fault.After - _passed, bytes.Length);
                await _client.SendAsync(bytes[..left]);
                _passed += left;
                if (_passed == _fault.After)
                    CutFor(_fault);
                return false;
            case FaultKind.HalfClose:
                return false;
            case FaultKind.Trickle:
                proxy.Count(_fault);
                for (int i = 0; i < bytes.Length; i++)
                {
                    await _client.SendAsync(bytes.Slice(i, 1));
                    await Task.Delay(TrickleInterval);
                }

                return false;
            case FaultKind.DuplicateResponse:
                if (_answer.Add(bytes.Span))
                    await PassAltered(_fault, [.. _answer.Bytes, .. _answer.Bytes]);
                return false;
            case FaultKind.LongContentLength:
                if (_answer.Add(bytes.Span))
                {
                    await PassAltered(_fault, _answer.WithContentLength(_answer.ContentLength + 100));
                    Dispose();
                }

                return false;
            case FaultKind.NegativeContentLength:
                if (_answer.Add(bytes.Span))
                    await PassAltered(_fault, _answer.With("Content-Length: -5"));
                return false;
            case FaultKind.TwoContentLengths:
                if (_answer.Add(bytes.Span))
                    await PassAltered(_fault, _answer.With($"Content-Length: {_answer.ContentLength}\r\nContent-Length: 7"));
                return false;
            case FaultKind.Continues:
                if (_answer.Add(bytes.Span))
                    await PassAltered(_fault, [.. ForgedAnswer.Continues, .. _answer.Bytes]);
                return false;
            case FaultKind.Jitter:
                await PassInPiecesAsync(_client, bytes, pieces: 4);
                End(_fault);
                return false;
            case FaultKind.SingleBytes:
                await PassInPiecesAsync(_client, bytes, bytes.Length);
                End(_fault);
                return false;
            case FaultKind.ShortContentLength:
                if (_answer.Add(bytes.Span))
                    await PassAltered(_fault, _answer.WithContentLength(_answer.ContentLength - 10));
                return false;
            default:
                return true;
        }
    }

    private async Task PassInPiecesAsync(Socket to, ReadOnlyMemory<byte> bytes, int pieces)
    {
        int size = Math.Max(1, bytes.Length / pieces);
        var pace = new Random(_fault!.After);
        for (int start = 0; start < bytes.Length; start += size)
        {
            await to.SendAsync(bytes.Slice(start, Math.Min(size, bytes.Length - start)));
            if (_fault.Kind == FaultKind.Jitter)
                await Task.Delay(pace.Next(1, 20));
        }

        // A destination that answers nothing has met it by now.
        if (to == _server && proxy.IsOneWay)
            End(_fault!);
    }

    /// <summary>The connection goes on without it.</summary>
    private void End(Fault fault)
    {
        _fault = null;
        _answer = new HttpAnswer();
        proxy.Count(fault);
    }

    /// <summary>Sends pieces for as long as somebody takes them.</summary>
    private async Task ForgeAsync(Fault fault, IEnumerable<byte[]> pieces)
    {
        try
        {
            foreach (byte[] piece in pieces)
                await _client.SendAsync(piece);
        }
        finally
        {
            CutFor(fault);
        }
    }

    private async Task PassAltered(Fault fault, byte[] answer)
    {
        await _client.SendAsync(answer);
        End(fault);
    }

    private void CutFor(Fault fault)
    {
        Dispose();
        proxy.Count(fault);
    }
}
