namespace AuditHost.Load;

/// <summary>Writes to the host's standard input, which answers nothing and stays the host's to close.</summary>
internal sealed class StandardInputIntake(Stream input) : IIntake
{
    public int Connections => 1;

    public bool Acknowledges => false;

    public async ValueTask SendAsync(int connection, EventBody body)
    {
        await input.WriteAsync(body.Lines);
        await input.FlushAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
