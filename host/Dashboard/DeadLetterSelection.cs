using AuditHost.Delivery;

namespace AuditHost.Dashboard;

/// <summary>Finds the dead letters that a query means.</summary>
internal static class DeadLetterSelection
{
    public static IEnumerable<DeadLetter> Select(DeadLetterStore store, DeadLetterQuery query)
    {
        IEnumerable<DeadLetter> letters = query.Ids is { } ids
            ? ids.Distinct().Select(store.Find).OfType<DeadLetter>()
            : store.Letters();
        letters = letters.Where(letter =>
            (query.Destination is null || letter.Destination == query.Destination)
            && (query.EventType is null || letter.EventType == query.EventType)
            && (query.Cause is null || DeadLetterViews.NameOf(letter.Cause) == query.Cause)
            && (query.Since is null || letter.DiedAt >= query.Since)
            && (query.Until is null || letter.DiedAt <= query.Until));
        return query.Limit is { } limit ? letters.Take(limit) : letters;
    }
}
