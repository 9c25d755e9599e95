using System.Buffers;
using Microsoft.Extensions.ObjectPool;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace AuditHost.Formatting;

/// <summary>
/// A parsed template with the engine states that render it. The states are this template's alone and each rendering gets
/// variables of its own: nothing that one event left behind is there for the next.
/// </summary>
internal sealed class CompiledTemplate
{
    /// <summary>How often a template may try again because code may have been loaded. A hostile one must not have twice the time for ever.</summary>
    private const int MostRetries = 3;

    private readonly Template _template;
    private readonly string _name;
    private readonly OutputCheck _check;
    private readonly ObjectPool<TemplateRun> _runs;
    private int _retries;

    public CompiledTemplate(Template template, string name, string contentType, TemplateLimits limits)
    {
        _template = template;
        _name = name;
        _check = OutputCheck.For(contentType);
        _runs = new DefaultObjectPool<TemplateRun>(new RunPolicy(limits));
        ContentType = contentType;
    }

    public string ContentType { get; }

    /// <summary>Renders into the output, which gets the whole rendering or nothing.</summary>
    /// <param name="variables">What the template sees; not written to.</param>
    /// <param name="allowance">What the events may cost in memory on top of the limit.</param>
    /// <param name="output">Takes the rendering.</param>
    /// <param name="events">How many events there are.</param>
    /// <exception cref="FormatException">The template failed on these variables; the message has its line and column.</exception>
    public void Render(IScriptObject variables, long allowance, IBufferWriter<byte> output, int events = 1)
    {
        if (!TryRender(variables, allowance, events, out TemplateRun run, out Exception? failure)
            && !(MayRetry(run) && TryRender(variables, allowance, events, out run, out failure)))
        {
            throw new FormatException(Describe(failure!), failure);
        }

        _check.Run(_name, run.Output.Written);
        output.Write(run.Output.Written);
        run.PopGlobal();
        run.PopGlobal();
        run.Output.Clear();
        _runs.Return(run);
    }

    /// <summary>Renders into a state of the pool. After a failure the state is in the middle of things and is not given back.</summary>
    private bool TryRender(IScriptObject variables, long allowance, int events, out TemplateRun run, out Exception? failure)
    {
        run = _runs.Get();
        run.Start(allowance, events);
        run.PushGlobal(variables);
        run.PushGlobal(new ScriptObject());
        try
        {
            _template.Render(run);
            failure = null;
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        return failure is null;
    }

    private bool MayRetry(TemplateRun run) => run.MayBeCold && _retries < MostRetries && Interlocked.Increment(ref _retries) <= MostRetries;

    private string Describe(Exception exception)
    {
        const int Longest = 300;
        string place = exception is ScriptRuntimeException script ? SourcePlace.Of(_name, script.Span) : _name;
        string reason = exception is ScriptRuntimeException { OriginalMessage: { } original } ? original : exception.Message;
        return reason.Length <= Longest ? $"{place}: {reason}" : $"{place}: {reason.AsSpan(0, Longest)}…";
    }

    private sealed class RunPolicy(TemplateLimits limits) : PooledObjectPolicy<TemplateRun>
    {
        public override TemplateRun Create() => new(limits);

        public override bool Return(TemplateRun obj) => true;
    }
}
