using System.Reflection;
using AuditHost.Sdk.Testing;

namespace AuditHost.Sdk.Conformance;

/// <summary>Runs the facts of a conformance class side by side and keeps what failed.</summary>
internal static class ConformanceRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>The messages of the facts that failed, by name, in the order of the names.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> FailuresAsync(Func<object> create)
    {
        ConformanceBench.LessPatience.Value = Patience;
        IEnumerable<MethodInfo> facts = create().GetType().GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>(inherit: true) is not null);
        var results = await Task.WhenAll(facts.Select(async fact => (fact.Name, Exception: await Task.Run(() => RunAsync(fact, create())))));
        return new SortedDictionary<string, string>(
            results.Where(result => result.Exception is not null).ToDictionary(result => result.Name, result => result.Exception!.Message), StringComparer.Ordinal);
    }

    private static async Task<Exception?> RunAsync(MethodInfo fact, object instance)
    {
        try
        {
            if (fact.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, null, null) is Task running)
                await running;
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
