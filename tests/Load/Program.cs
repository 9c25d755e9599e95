using AuditHost.Load;

LoadOptions options;
try
{
    options = LoadOptions.Parse(args);
}
catch (FormatException exception)
{
    Console.Error.WriteLine($"{exception.Message}\n{LoadOptions.Usage}");
    return 2;
}

string? root = AppContext.BaseDirectory;
while (root is not null && !File.Exists(Path.Combine(root, "AuditHost.sln")))
    root = Path.GetDirectoryName(root);
string[] builds = [.. new[] { "release", "debug" }
    .Select(configuration => Path.Combine(root ?? ".", "artifacts", "bin", "AuditHost", configuration, "audithost"))
    .Where(File.Exists)];
if (builds is not [string executable, ..])
{
    Console.Error.WriteLine("There is no built audithost; run tests/load, which builds it.");
    return 2;
}

string folder = Directory.CreateTempSubdirectory("audithost-load-").FullName;
try
{
    Console.WriteLine(Machine.Describe(folder));
    Console.WriteLine(executable);
    Samples samples = options.Input == InputKind.Syslog ? Samples.LoadSyslog(root!) : Samples.Load(root!);
    if (options.Cases.Any(LoadOptions.WayCases.Contains))
        await Baseline.RunAsync(options.Events, Samples.Load(root!));
    bool exact = true;
    foreach (string name in options.Cases)
    {
        string own = Path.Combine(folder, name);
        if (LoadOptions.ReliabilityCases.Contains(name))
        {
            Console.WriteLine(name);
            Measurement.Keep(await (name switch
            {
                "isolation" => new IsolationRun(executable, samples, own).RunAsync(),
                "recovery" => new RecoveryRun(executable, samples, own).RunAsync(),
                _ => new BacklogRun(executable, samples, own).RunAsync(),
            }));
            continue;
        }

        if (name == LoadOptions.PluginsCase)
        {
            Console.WriteLine(name);
            new PluginsRun(executable).Run();
            continue;
        }

        Console.WriteLine($"{options.Input.ToString().ToLowerInvariant()} -> {name}");
        exact &= await new CaseRun(name, options, executable, samples, own).RunAsync();
    }

    return exact ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
