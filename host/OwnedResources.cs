using Microsoft.Extensions.Logging;

namespace AuditHost;

/// <summary>What something holds open, closed in the reverse order of its opening. One that cannot be closed does not keep the others open.</summary>
internal sealed class OwnedResources(ILogger logger) : IAsyncDisposable
{
    private readonly Stack<(object Resource, string Name)> _held = new();

    public T Add<T>(T resource, string name)
        where T : class
    {
        _held.Push((resource, name));
        return resource;
    }

    /// <summary>Adds something that is known only when it is to be closed.</summary>
    public void Add(Func<ValueTask> close, string name) => Add(new Closing(close), name);

    public async ValueTask DisposeAsync()
    {
        while (_held.TryPop(out (object Resource, string Name) held))
        {
            try
            {
                if (held.Resource is IAsyncDisposable asynchronous)
                    await asynchronous.DisposeAsync();
                else
                    (held.Resource as IDisposable)?.Dispose();
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "{Resource} could not be closed.", held.Name);
            }
        }
    }

    private sealed class Closing(Func<ValueTask> close) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => close();
    }
}
