using System.Collections;
using System.Diagnostics;
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
/// A slow machine must not turn a good event into a dead letter. So time is counted in slices: a slice is spent when it has
/// passed, and a pause of the collector or of the whole machine costs one slice, however long. And a rendering that has done
/// little work yet, as the first ones do while the code is still being compiled, gets many more of them.
/// </remarks>
internal sealed class TemplateRun : TemplateContext
{
    private const int Slices = 10;
    private const int SlicesForLittleWork = 20 * Slices;
    private const int NodesBetweenChecks = 8;
    private const int ChecksOfLittleWork = 250;

    private readonly TemplateLimits _limits;
    private readonly long _slice;
    private int _untilCheck;
    private int _checks;
    private int _slices;
    private long _sliceStart;
    private long _allocatedAtStart;
    private long _allocation;

    public TemplateRun(TemplateLimits limits)
        : base(BuiltIns.Shared)
    {
        _limits = limits;
        _slice = (long)(limits.Time.TotalSeconds * Stopwatch.Frequency / Slices);
        Output = new TemplateOutput(limits.Output);
        LoopLimit = limits.Loops;
        RecursiveLimit = 20;
        ObjectRecursionLimit = 20;
        RegexTimeOut = TimeSpan.FromMilliseconds(50);
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

    /// <summary>Starts the clock of a rendering.</summary>
    /// <param name="allowance">What its events may cost in memory, on top of <see cref="TemplateLimits.Memory"/>.</param>
    public void Start(long allowance)
    {
        Output.Clear();
        Tags.Clear(); // Where `array.cycle` counts.
        _untilCheck = NodesBetweenChecks;
        _checks = 0;
        _slices = 0;
        _sliceStart = Stopwatch.GetTimestamp();
        _allocatedAtStart = GC.GetAllocatedBytesForCurrentThread();
        _allocation = TemplateLimits.Memory + allowance;
    }

    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        if (--_untilCheck <= 0)
            CheckLimits(scriptNode);
        return base.Evaluate(scriptNode, aliasReturnedFunction);
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
        _untilCheck = NodesBetweenChecks;
        _checks++;
        if (GC.GetAllocatedBytesForCurrentThread() - _allocatedAtStart > _allocation)
            throw new ScriptRuntimeException(node?.Span ?? CurrentSpan, $"The template needs more than {_allocation >> 20} MiB of memory.");
        long now = Stopwatch.GetTimestamp();
        if (now - _sliceStart < _slice)
            return;
        _sliceStart = now;
        _slices++;
        if (_slices >= (_checks > ChecksOfLittleWork ? Slices : SlicesForLittleWork))
            throw new ScriptRuntimeException(node?.Span ?? CurrentSpan, $"The template runs longer than {_limits.Time.TotalMilliseconds:0} ms.");
    }
}
