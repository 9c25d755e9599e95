using System.Globalization;

namespace AuditHost.Load;

/// <summary>What became of the events of a trial.</summary>
/// <param name="Exact">Every event arrived exactly once at every receiver.</param>
/// <param name="Text">The same in words, with what went wrong.</param>
internal sealed record Verdict(bool Exact, string Text)
{
    public static Verdict Of(int sent, IReadOnlyList<Ledger> ledgers)
    {
        long sum = sent * (sent - 1L) / 2;
        Ledger[] wrong = [.. ledgers.Where(ledger => ledger.Received != sent || ledger.Duplicates != 0 || ledger.Sum != sum)];
        if (wrong is not [Ledger first, ..])
            return new Verdict(true, string.Create(CultureInfo.InvariantCulture, $"all {sent:N0} events arrived exactly once"));
        string where = ledgers.Count > 1 ? $" at {wrong.Length} of {ledgers.Count}, at the first of them" : "";
        return new Verdict(
            false, string.Create(CultureInfo.InvariantCulture, $"NOT EXACTLY ONCE{where}: sent {sent:N0}, arrived {first.Received:N0}, {first.Duplicates:N0} duplicates"));
    }
}
