namespace AuditHost.Tests.Intake;

/// <summary>A pipe that hands its content over in pieces of the sizes a test chooses.</summary>
internal sealed class ChunkedStream(byte[] content, Func<int> nextSize) : MemoryStream(content)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await base.ReadAsync(buffer[..Math.Min(buffer.Length, nextSize())], cancellationToken);
}
