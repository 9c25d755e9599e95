using AuditHost.Benchmarks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["hostile"])
{
    HostileRun.Run();
    return;
}

bool save = args.Contains("--save-baseline");
string[] rest = [.. args.Where(argument => argument != "--save-baseline")];

// In this process: the plugins' build places files, which a second build of the whole tree per benchmark would fight over.
Job job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
IConfig config = DefaultConfig.Instance.AddJob(job);
var summaries = BenchmarkSwitcher.FromAssembly(typeof(EventBenchmarks).Assembly).Run(rest.Length == 0 ? ["--filter", "*"] : rest, config);
Baseline.Compare(summaries, save);
