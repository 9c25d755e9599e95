namespace AuditHost.Load;

/// <summary>Appends lines to a file that the shipper follows.</summary>
internal sealed class FileIntake(string path) : IIntake
{
    private readonly FileStream _file = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public int Connections => 1;

    public bool Acknowledges => false;

    public ValueTask SendAsync(int connection, EventBody body) => _file.WriteAsync(body.Lines);

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
