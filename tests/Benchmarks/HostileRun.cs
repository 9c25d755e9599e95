using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AuditHost.Formatting;
using AuditHost.Formatting.Functions;
using AuditHost.Intake;
using AuditHost.Sdk;
using AuditHost.Tests.Formatting;
using Scriban.Runtime;

namespace AuditHost.Benchmarks;

/// <summary>
/// How long hostile templates run and what they allocate until they are stopped: the bombs of the tests, and every function there is, again
/// and again, with arguments of every kind that are as large as they can be.
/// </summary>
internal static class HostileRun
{
    private const int Calls = 900;
    private const double Aim = 100;

    /// <summary>How often each is run: the first times may be of loading code, and a template may try again.</summary>
    private const int Rounds = 5;

    private const int FirstRounds = 3;

    /// <summary>Long texts, long lists, large numbers, and what an expression chokes on.</summary>
    private const string Values =
        "s = 'ab, ' * 250000; w = 'ab, ' * 16000; l = w | string.split ','; n = 900000000; short = 'a'; comma = ','; p = '^(a+)+$'; d = audit.time;";

    private static readonly string[] FirstArguments = ["s", "w", "l", "n", "event", "d", "(1..100000000)"];
    private static readonly string[] OtherArguments = ["short", "comma", "p", "w", "n", "l"];

    private static readonly ParsedEvent Armed = Samples.Parse(
        new ParsedEvent(),
        JsonSerializer.SerializeToUtf8Bytes(new { event_id = "e", bomb = true, list = new[] { 1, 2 }, text = new string('a', 500_000) }),
        sequence: 1);

    public static void Run()
    {
        string[] sources = [.. TemplateBombs.All, .. EveryFunction(), .. EveryFunctionOnce()];
        Warm();
        Outcome[] outcomes = [.. sources.Select(Measure)];
        Outcome[] stopped = [.. outcomes.Where(outcome => outcome.Stopped)];
        double[] times = [.. outcomes.Select(outcome => outcome.Milliseconds).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sources.Length} templates, {stopped.Length} stopped, the others ended by themselves"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"time:   median {times[times.Length / 2]:F0} ms, 99 of 100 within {times[times.Length * 99 / 100]:F0} ms, worst {times[^1]:F0} ms; {times.Count(time => time <= Aim)} within {Aim:F0} ms"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"first:  {outcomes.Count(outcome => outcome.FirstMilliseconds <= Aim)} within {Aim:F0} ms the first {FirstRounds} times, worst {outcomes.Max(outcome => outcome.FirstMilliseconds):F0} ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory: worst {outcomes.Max(outcome => outcome.Megabytes):F0} MB"));
        foreach (Outcome outcome in outcomes.OrderByDescending(outcome => outcome.Milliseconds).Take(10).Concat(outcomes.OrderByDescending(outcome => outcome.Megabytes).Take(5)))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome.Milliseconds,6:F0} ms {outcome.Megabytes,5:F0} MB  {outcome.Source}\n                  {outcome.Reason}"));
    }

    private static IEnumerable<string> EveryFunction() =>
        EveryCall().Select(call => $$$"""{{ {{{Values}}} for i in 1..{{{Calls}}}; x = {{{call}}}; end }}""");

    private static IEnumerable<string> EveryFunctionOnce() => EveryCall().Select(call => $$$"""{{ {{{Values}}} {{{call}}} }}""");

    private static IEnumerable<string> EveryCall()
    {
        foreach ((string name, IScriptCustomFunction function) in Functions())
        {
            foreach (string first in FirstArguments)
            {
                int others = Math.Min(function.ParameterCount, 4) - 1;
                if (others < 1)
                    yield return $"{first} | {name}";
                else
                    foreach (string other in OtherArguments)
                        yield return $"{first} | {name} {string.Join(' ', Enumerable.Repeat(other, others))}";
            }
        }
    }

    private static IEnumerable<(string Name, IScriptCustomFunction Function)> Functions()
    {
        foreach ((string name, object? value) in BuiltIns.Shared)
        {
            if (value is IScriptCustomFunction function)
                yield return (name, function);
            else if (value is ScriptObject group)
                foreach ((string member, object? inner) in group)
                    if (inner is IScriptCustomFunction call)
                        yield return ($"{name}.{member}", call);
        }
    }

    private static Outcome Measure(string source)
    {
        IEventFormatter template;
        try
        {
            template = TemplateCompiler.CompileEvent(source, "t.sbn", "text/plain");
        }
        catch (TemplateException exception)
        {
            return new Outcome(source, Stopped: true, 0, 0, exception.Message, 0);
        }

        Outcome[] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => MeasureOnce(template, source))];
        Outcome settled = rounds.Skip(FirstRounds).MinBy(round => round.Milliseconds);
        return settled with { FirstMilliseconds = rounds.Take(FirstRounds).Max(round => round.Milliseconds) };
    }

    private static Outcome MeasureOnce(IEventFormatter template, string source)
    {
        var output = new ArrayBufferWriter<byte>(1 << 20);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        string reason = "";
        try
        {
            template.Format(Armed, output);
        }
        catch (FormatException exception)
        {
            reason = exception.Message;
        }

        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new Outcome(source, reason.Length > 0, milliseconds, (GC.GetAllocatedBytesForCurrentThread() - allocated) / 1e6, reason, milliseconds);
    }

    private static void Warm()
    {
        IEventFormatter template = TemplateCompiler.CompileEvent("{{ event.list | json }}", "t.sbn", "text/plain");
        for (int rendering = 0; rendering < 100; rendering++)
            template.Format(Armed, new ArrayBufferWriter<byte>());
    }

    private readonly record struct Outcome(string Source, bool Stopped, double Milliseconds, double Megabytes, string Reason, double FirstMilliseconds);
}
