using AuditHost.Load;

string? root = AppContext.BaseDirectory;
while (root is not null && !File.Exists(Path.Combine(root, "AuditHost.sln")))
    root = Path.GetDirectoryName(root);
root ??= ".";
LoadOptions options;
List<IShipper> shippers;
try
{
    options = LoadOptions.Parse(args);
    shippers = [.. Peers.FindAll(root, options.Against)];
}
catch (FormatException exception)
{
    Console.Error.WriteLine($"{exception.Message}\n{LoadOptions.Usage}");
    return 2;
}

if (AuditHostShipper.Find(root, AuditHostShipper.UsualName) is not { } host)
{
    Console.Error.WriteLine("There is no built audithost; run tests/load, which builds it.");
    return 2;
}

shippers.Insert(0, host);
StreamWriter? results = options.Keep is { } keep ? File.CreateText(Path.Combine(Directory.CreateDirectory(keep).FullName, "results.txt")) : null;
if (results is not null)
    Console.SetOut(new TeeWriter(Console.Out, results));
string folder = Directory.CreateTempSubdirectory("audithost-load-").FullName;
try
{
    Console.WriteLine(Machine.Describe(folder));
    Console.WriteLine(host.Executable);
    Samples json = Samples.Load(root, options.Full);
    Samples samples = options.Input == InputKind.Syslog ? Samples.LoadSyslog(root, options.Full) : json;
    if (options.Cases.Any(LoadOptions.WayCases.Contains))
        await Baseline.RunAsync(options.Events, json);
    bool exact = true;
    foreach (string name in options.Cases)
    {
        Console.WriteLine(LoadOptions.WayCases.Contains(name) ? $"{options.Input.ToString().ToLowerInvariant()} -> {name}" : name);
        exact &= await RunAsync(name, Path.Combine(folder, name), samples, json);
    }

    return exact ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
    results?.Dispose();
}

async Task<bool> RunAsync(string name, string own, Samples samples, Samples json)
{
    switch (name)
    {
        case "isolation":
            Measurement.Keep(await new IsolationRun(host, json, own).RunAsync());
            return true;
        case "recovery":
            Measurement.Keep(await new RecoveryRun(host, json, own).RunAsync());
            return true;
        case "backlog":
            Measurement.Keep(await new BacklogRun(host, json, options.Destinations, own).RunAsync());
            return true;
        case LoadOptions.LoadingCase:
            new LoadingRun(host.Executable).Run();
            return true;
        case LoadOptions.PluginsCase:
            return await new PluginsRun(host, json, options, own).RunAsync();
        case LoadOptions.IntakeCase:
            await new IntakeRun(host, json, options, own).RunAsync();
            return true;
        case LoadOptions.DayCase:
            return await new DayRun(Setup(TargetKind.Webhook, options.DayEvents), options).RunAsync();
    }

    TrialSetup way = Setup(Enum.Parse<TargetKind>(name, ignoreCase: true), CaseRun.EventsOf(options));
    if (shippers.Count > 1)
        return await new ComparisonRun(way, options, shippers).RunAsync();
    return way.Destinations > 1 ? await new FanOutRun(way, options).RunAsync() : await new CaseRun(way, options).RunAsync();

    TrialSetup Setup(TargetKind output, int events) => new(host, options.Input, output, options.Destinations, samples, own, events);
}
