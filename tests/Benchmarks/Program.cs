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

// In this process: the plugins' build places files, which a second build of the whole tree per benchmark would fight over.
Job job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
IConfig config = DefaultConfig.Instance.AddJob(job);
BenchmarkSwitcher.FromAssembly(typeof(EventBenchmarks).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
