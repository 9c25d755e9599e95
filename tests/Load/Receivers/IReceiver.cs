namespace AuditHost.Load;

/// <summary>The far end of a case. Disposing it reads what is still on the way.</summary>
internal interface IReceiver : IAsyncDisposable
{
    Target Target { get; }
}
