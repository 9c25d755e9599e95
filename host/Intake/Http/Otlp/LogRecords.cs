using AuditHost.Intake.Mapping;

namespace AuditHost.Intake.Http.Otlp;

/// <summary>Makes events of the log records of one request, whichever of its two encodings they came in.</summary>
/// <param name="mapping">Makes each an event of the host.</param>
/// <param name="mapped">Takes the events.</param>
internal sealed class LogRecords(EventMapping mapping, BodyBuffer mapped)
{
    private readonly List<(int Start, int Length)> _places = [];

    /// <summary>How many records were none that could be kept.</summary>
    public int Rejected { get; private set; }

    /// <summary>Why the first of them was not.</summary>
    public string Reason { get; private set; } = string.Empty;

    /// <summary>Adds a record.</summary>
    /// <param name="original">All that is known of it, as a JSON object.</param>
    /// <exception cref="RefusedRequestException">It is one too many.</exception>
    public void Add(ReadOnlySpan<byte> original)
    {
        if (_places.Count == IntakeLimits.MaxEvents)
            throw new RefusedRequestException(Problems.TooMany());
        int start = mapped.Length;
        mapping.Write(original, mapped);
        _places.Add((start, mapped.Length - start));
    }

    /// <summary>Hands the events over.</summary>
    public void AddTo(EventCollector events)
    {
        events.Begin(mapped.Written);
        foreach ((int start, int length) in _places)
        {
            if (events.TryAdd(start, length) is not { } error)
                continue;
            if (Rejected++ == 0)
                Reason = error.Reason;
        }
    }
}
