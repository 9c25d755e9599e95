using AuditHost.Reliability;

string? root = AppContext.BaseDirectory;
while (root is not null && !File.Exists(Path.Combine(root, "AuditHost.sln")))
    root = Path.GetDirectoryName(root);
if (root is null || args is not ([] or ["--check"]))
{
    Console.Error.WriteLine("usage: AuditHost.Reliability [--check], inside the repository; without --check after tests/run has filled artifacts/figures");
    return 2;
}

string target = Path.Combine(root, "host", "RELIABILITY.md");
PromisedTests tests = await PromisedTests.ListAsync(root);
if (args is ["--check"])
{
    string[] gone = tests.NotThere(await File.ReadAllTextAsync(target));
    foreach (string test in gone)
        Console.Error.WriteLine($"host/RELIABILITY.md names {test}, which holds no promise or is not there: run tests/run --report.");
    return gone.Length == 0 ? 0 : 1;
}

var page = new Page(tests, RunFigures.Read(Path.Combine(root, "artifacts", "figures")));
await File.WriteAllTextAsync(target, page.Write());
Console.WriteLine($"{target} is written.");
if (page.Unheld is not { Count: > 0 } unheld)
    return 0;
Console.Error.WriteLine($"No test holds {string.Join(", ", unheld)}: mark one with [Promise(...)], or state the limit in tests/Reliability/page.md.");
return 1;
