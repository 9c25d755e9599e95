using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace AuditHost.Faults.Model;

/// <summary>Turns a failed property into a failed test that says how to run it again.</summary>
internal sealed class SeedRunner : IRunner
{
    public void OnStartFixture(Type fixture)
    {
    }

    public void OnArguments(int test, FSharpList<object> arguments, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
    {
    }

    public void OnShrink(FSharpList<object> arguments, FSharpFunc<FSharpList<object>, string> every)
    {
    }

    public void OnFinished(string name, FsCheck.TestResult result)
    {
        if (result is not FsCheck.TestResult.Failed failed)
            return;

        // The library names none of these: the data, the sequence found, the shortest one, its outcome, the first and the last seed, the size.
        (_, _, FSharpList<object> shortest, Outcome outcome, _, Rnd seed, int size) =
            (failed.Item1, failed.Item2, failed.Item3, failed.Item4, failed.Item5, failed.Item6, failed.Item7);
        string steps = string.Join(", ", ((Step[])shortest.Head).Select(step => step.ToString()));
        throw new ModelViolationException(string.Create(
            CultureInfo.InvariantCulture,
            $"Run it again with AUDITHOST_SEED={seed.Seed},{seed.Gamma},{size}\nShortest sequence that fails: {steps}\n{outcome}"));
    }
}
