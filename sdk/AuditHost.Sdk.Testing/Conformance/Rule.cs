using System.Diagnostics.CodeAnalysis;

namespace AuditHost.Sdk.Testing;

/// <summary>The rules of the author's guide, <c>sdk/README.md</c>. A fact that fails names the one that is broken.</summary>
internal sealed class Rule
{
    public static readonly Rule Acknowledgement = new(1, "acknowledgement");
    public static readonly Rule Repetition = new(2, "at least once");
    public static readonly Rule Memory = new(3, "memory");
    public static readonly Rule Concurrency = new(4, "concurrency");
    public static readonly Rule Time = new(5, "time");
    public static readonly Rule Settings = new(6, "settings");
    public static readonly Rule Secrets = new(7, "silence about secrets");
    public static readonly Rule Strangers = new(8, "strangers");
    public static readonly Rule Leaving = new(9, "leaving");
    public static readonly Rule Outcomes = new(10, "outcomes");
    public static readonly Rule Formats = new(11, "formats");

    private readonly string _name;

    private Rule(int number, string name) => _name = $"rule {number} ({name})";

    /// <summary>Fails the test.</summary>
    /// <param name="what">What was seen.</param>
    /// <param name="remedy">How to mend it.</param>
    [DoesNotReturn]
    public void Broken(string what, string remedy) => Assert.Fail($"{what}\nThis breaks {_name} of sdk/README.md. {remedy}");

    /// <summary>Fails the test unless something holds.</summary>
    public void Holds([DoesNotReturnIf(false)] bool condition, string what, string remedy)
    {
        if (!condition)
            Broken(what, remedy);
    }
}
