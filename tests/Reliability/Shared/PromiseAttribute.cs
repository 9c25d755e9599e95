using Xunit.v3;

namespace AuditHost.Reliability;

/// <summary>
/// The promises of <c>host/RELIABILITY.md</c> that a test, or every test of a class, holds the host to. The page names the tests by this.
/// </summary>
/// <param name="promises">As the page numbers them: <c>G1</c> to <c>G20</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class PromiseAttribute(params string[] promises) : Attribute, ITraitAttribute
{
    public IReadOnlyList<string> Promises => promises;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. promises.Select(static promise => KeyValuePair.Create("promise", promise))];
}
