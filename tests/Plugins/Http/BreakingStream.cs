namespace AuditHost.Plugins.Tests.Http;

/// <summary>Gives what it has, and breaks off instead of ending.</summary>
internal sealed class BreakingStream(byte[] content) : MemoryStream(content)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await base.ReadAsync(buffer, cancellationToken);
        return read > 0 ? read : throw new IOException("The connection was reset.");
    }
}
