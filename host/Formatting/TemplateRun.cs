using System.Collections;
using System.Diagnostics;
using System.Numerics;
using AuditHost.Formatting.Functions;
using AuditHost.Formatting.Model;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Runtime.Accessors;
using Scriban.Syntax;

namespace AuditHost.Formatting;

/// <summary>
/// The engine's state for one rendering at a time of one template. It holds the template to its limits: the engine calls
/// <see cref="Evaluate"/> for every node, so time and memory are checked there without any timer.
/// </summary>
/// <remarks>
/// A slow machine must not turn a good event into a dead letter. So the time that counts is the thread's own, see <see cref="ThreadClock"/>,
/// and the first renderings of the process, which load what the host has not used yet, get several times as much. Later, too, a function may
/// be used for the first time; so <see cref="MayBeCold"/> tells who runs out of time with little work done.
/// </remarks>
internal sealed class TemplateRun : TemplateContext
{
    private const int NodesBetweenChecks = 8;
    private const int ColdRenderings = 20;
    private const int ColdFactor = 5;
    private const int ChecksOfLittleWork = 250;

    /// <summary>Where a few nodes take so long, each may be heavy, and the limits are looked at before each.</summary>
    private static readonly long Heavy = Stopwatch.Frequency / 1000;

    private static int _started;

    private readonly TemplateLimits _limits;
    private TimeSpan _time;
    private int _untilCheck;
    private int _checks;
    private long _start;
    private long _lastCheck;
    private TimeSpan _workedAtStart;
    private long _allocatedAtStart;
    private long _allocation;

    public TemplateRun(TemplateLimits limits)
        : base(BuiltIns.Shared)
    {
        _limits = limits;
        Output = new TemplateOutput(limits.Output);
        LoopLimit = limits.Loops;
        RecursiveLimit = 20;
        ObjectRecursionLimit = 20;
        RegexTimeOut = TemplateLimits.Expression;
        LimitToString = TemplateLimits.Text;
        OnStringLimit = ScriptLimitBehavior.Throw;
        OutputLimit = 0; // TemplateOutput counts bytes, and counts what leaves only: text that is captured is no output yet.
        EnableRelaxedTargetAccess = true;
        AutoIndent = false;
        NewLine = "\n";
        PushOutput(Output);
    }

    /// <summary>What this rendering has written.</summary>
    public new TemplateOutput Output { get; }

    /// <summary>Whether it ran out of time with so little work done that the time may have gone into loading code.</summary>
    public bool MayBeCold { get; private set; }

    /// <summary>Starts the clock of a rendering.</summary>
    /// <param name="allowance">What its events may cost in memory, on top of <see cref="TemplateLimits.Memory"/>.</param>
    /// <param name="events">How many they are.</param>
    public void Start(long allowance, int events)
    {
        Output.Clear();
        Tags.Clear(); // Where `array.cycle` counts.
        _untilCheck = NodesBetweenChecks;
        _checks = 0;
        MayBeCold = false;
        _time = _limits.Time + (_limits.TimePerEvent * events);
        if (_started < ColdRenderings && Interlocked.Increment(ref _started) <= ColdRenderings)
            _time *= ColdFactor;
        _start = Stopwatch.GetTimestamp();
        _lastCheck = _start;
        _workedAtStart = ThreadClock.Now;
        _allocatedAtStart = GC.GetAllocatedBytesForCurrentThread();
        _allocation = TemplateLimits.Memory + allowance;
    }

    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        if (--_untilCheck <= 0)
            CheckLimits(scriptNode);
        object? value = base.Evaluate(scriptNode, aliasReturnedFunction);
        if (value is BigInteger number && number.GetBitLength() > TemplateLimits.NumberBits)
            throw new ScriptRuntimeException(scriptNode?.Span ?? CurrentSpan, $"The number has more than {TemplateLimits.NumberBits} bits.");
        return value;
    }

    public override string? ObjectToString(object? value, bool nested = false) => value switch
    {
        string when !nested => base.ObjectToString(value, nested),
        DateTime date => JsonEscapes.Date(date),
        IScriptCustomFunction => base.ObjectToString(value, nested),
        IScriptObject or ScriptRange or ICollection when value is not EmptyScriptObject => JsonEscapes.Value(this, value),
        _ => base.ObjectToString(value, nested),
    };

    public override TemplateContext Write(SourceSpan span, object? textAsObject)
    {
        // An event or a part of it goes out as its bytes came in, without becoming a string on the way.
        if (textAsObject is IJsonValue received && base.Output == Output && JsonTokens.TryGetLine(received, out ReadOnlySpan<byte> json))
        {
            Output.Write(json);
            return this;
        }

        return base.Write(span, textAsObject);
    }

    public override void Import(SourceSpan span, object objectToImport) =>
        throw new ScriptRuntimeException(span, "`import` is not available.");

    /// <summary>No reflection: a template reaches the members of JSON values, and of what it made itself.</summary>
    protected override IObjectAccessor? GetMemberAccessorImpl(object target) =>
        target is IScriptObject or string or IList || target.GetType().IsPrimitive
            ? base.GetMemberAccessorImpl(target)
            : NullAccessor.Default;

    private void CheckLimits(ScriptNode? node)
    {
        if (GC.GetAllocatedBytesForCurrentThread() - _allocatedAtStart > _allocation)
            throw new ScriptRuntimeException(node?.Span ?? CurrentSpan, $"The template needs more than {_allocation >> 20} MiB of memory.");
        long now = Stopwatch.GetTimestamp();
        _untilCheck = now - _lastCheck > Heavy ? 1 : NodesBetweenChecks;
        _checks++;
        _lastCheck = now;
        if (Stopwatch.GetElapsedTime(_start, now) < _time || ThreadClock.Now - _workedAtStart < _time)
            return;
        MayBeCold = _checks < ChecksOfLittleWork;
        throw new ScriptRuntimeException(node?.Span ?? CurrentSpan, $"The template runs longer than {_time.TotalMilliseconds:0} ms.");
    }
}
