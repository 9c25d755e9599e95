using System.Globalization;

namespace AuditHost.EndToEnd.Kernel;

/// <summary>What the kernel does to a system call of the host.</summary>
/// <param name="Call">Its name.</param>
/// <param name="Action">In the words of <c>strace -e inject</c>.</param>
/// <param name="First">The first of them that it happens to, counted from the start of the process.</param>
/// <param name="Sticky">Whether it happens to every later one too.</param>
internal sealed record SystemCallFault(string Call, string Action, int First, bool Sticky)
{
    public bool Kills => Action.StartsWith("signal=", StringComparison.Ordinal);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Call}:{Action}:when={First}{(Sticky ? "+" : string.Empty)}");
}
