using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AuditHost.EndToEnd.Network;

/// <summary>One connection through a <see cref="ChaosProxy"/>, and the fault that it meets.</summary>
internal sealed class ChaosConnection(ChaosProxy proxy, Socket client) : IDisposable
{
    private const int BufferSize = 16 * 1024;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan TrickleInterval = TimeSpan.FromSeconds(1);

    /// <summary>A fatal alert, unexpected message (RFC 8446, sections 5.1 and 6).</summary>
    private static readonly byte[] TlsAlert = [21, 3, 3, 0, 2, 2, 10];

    private readonly Socket _client = client;
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
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
            case FaultKind.Garbage:
                await _client.SendAsync(Encoding.Latin1.GetBytes("\0\u00ff\u0001 200 OK\n\n\r\n{}\u00fe"));
                CutFor(_fault);
                return false;
            case FaultKind.TlsAlert:
                await _client.SendAsync(TlsAlert);
                CutFor(_fault);
                return false;
            default:
                return true;
        }
    }

    private async Task PassResponsesAsync()
    {
        byte[] buffer = new byte[BufferSize];
        var answer = new HttpAnswer();
        int read;
        while ((read = await _server.ReceiveAsync(buffer)) > 0)
        {
            if (await MeetResponseAsync(buffer.AsMemory(0, read), answer))
                await _client.SendAsync(buffer.AsMemory(0, read));
        }

        _client.Shutdown(SocketShutdown.Send);
    }

    /// <returns>Whether the bytes pass as they are.</returns>
    private async Task<bool> MeetResponseAsync(ReadOnlyMemory<byte> bytes, HttpAnswer answer)
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
                if (answer.Add(bytes.Span))
                    await PassAltered(_fault, [.. answer.Bytes, .. answer.Bytes]);
                return false;
            case FaultKind.LongContentLength:
                if (answer.Add(bytes.Span))
                {
                    await PassAltered(_fault, answer.WithContentLength(answer.ContentLength + 100));
                    Dispose();
                }

                return false;
            case FaultKind.ShortContentLength:
                if (answer.Add(bytes.Span))
                    await PassAltered(_fault, answer.WithContentLength(answer.ContentLength - 10));
                return false;
            default:
                return true;
        }
    }

    private async Task PassAltered(Fault fault, byte[] answer)
    {
        await _client.SendAsync(answer);
        _fault = null;
        proxy.Count(fault);
    }

    private void CutFor(Fault fault)
    {
        Dispose();
        proxy.Count(fault);
    }
}
