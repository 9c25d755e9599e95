namespace AuditHost.Intake.Http;

/// <summary>Parses the events of one body, each once, and keeps either the good ones or, from the first bad one on, the errors.</summary>
internal sealed class EventCollector(IntakeLimits limits)
{
    /// <summary>Errors that an answer lists; the others are counted.</summary>
    public const int MaxListed = 100;

    private readonly List<EventProblem> _errors = [];
    private readonly IntakeBatch _batch = new();
    private ReadOnlyMemory<byte> _body;
    private int _count;
    private int _linesUpTo;
    private int _line;

    public int ErrorCount { get; private set; }

    /// <summary>Whether keeping this object keeps little memory.</summary>
    public bool IsSmall => _batch.Count <= 4096;

    /// <summary>Begins with a body; its bytes stay the caller's.</summary>
    public void Begin(ReadOnlyMemory<byte> body)
    {
        _body = body;
        (_linesUpTo, _line) = (0, 1);
    }

    /// <summary>Adds what lies at a place in the body.</summary>
    /// <exception cref="RefusedRequestException">It is too large, or one too many.</exception>
    public void Add(int start, int length)
    {
        if (length > limits.MaxEventBytes)
            throw new RefusedRequestException(Problems.TooLarge($"Event {_count}", limits.MaxEventBytes, IntakeLimits.EventKey));
        if (_count == IntakeLimits.MaxEvents)
            throw new RefusedRequestException(Problems.TooMany());
        ReadOnlyMemory<byte> json = _body.Slice(start, length);
        if (!EventParser.TryParse(json.Span, out EventIndex index, out EventError? error))
            AddError(start + error!.Offset, error.Path, error.Reason);
        else if (ErrorCount == 0)
            _batch.Add(json, index);
        _count++;
    }

    /// <summary>Adds what lies at a place unless it is bad, for protocols in which what stands before a bad event counts.</summary>
    /// <returns>What is wrong with it.</returns>
    public EventError? TryAdd(int start, int length)
    {
        if (length > limits.MaxEventBytes)
            return new EventError(start, "$", $"The event has more than {limits.MaxEventBytes} bytes ({IntakeLimits.EventKey}).");
        ReadOnlyMemory<byte> json = _body.Slice(start, length);
        if (!EventParser.TryParse(json.Span, out EventIndex index, out EventError? error))
            return error;
        _batch.Add(json, index);
        _count++;
        return null;
    }

    /// <summary>The events so far.</summary>
    public IntakeBatch Batch => _batch;

    /// <summary>Reports what is wrong with the rest of the body, which is no event as a whole.</summary>
    public void AddRest(int start, string otherwise)
    {
        if (!EventParser.TryParse(_body.Span[start..], out _, out EventError? error))
            AddError(start + error!.Offset, error.Path, error.Reason);
        else
            AddError(start, "$", otherwise);
    }

    public void AddError(long offset, string path, string reason)
    {
        ErrorCount++;
        if (_errors.Count < MaxListed)
            _errors.Add(new EventProblem(_count, LineOf((int)Math.Min(offset, _body.Length)), path, reason));
    }

    /// <summary>The events, all of which are good.</summary>
    /// <exception cref="RefusedRequestException">One of them is not, or there are none.</exception>
    public IntakeBatch TakeGood()
    {
        if (ErrorCount > 0)
            throw new RefusedRequestException(Problems.BadEvents([.. _errors], ErrorCount));
        return _batch.Count > 0 ? _batch : throw new RefusedRequestException(Problems.BadBody("The body holds no event. Send at least one."));
    }

    public void Clear()
    {
        _errors.Clear();
        _batch.Clear();
        _body = default;
        (_count, ErrorCount) = (0, 0);
    }

    /// <summary>Counts on from the last error, since errors mostly come in order.</summary>
    private int LineOf(int offset)
    {
        if (offset < _linesUpTo)
            (_linesUpTo, _line) = (0, 1);
        _line += _body.Span[_linesUpTo..offset].Count((byte)'\n');
        _linesUpTo = offset;
        return _line;
    }
}
