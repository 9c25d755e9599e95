using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AuditHost.Mutations;

string? root = AppContext.BaseDirectory;
while (root is not null && !File.Exists(Path.Combine(root, "AuditHost.sln")))
    root = Path.GetDirectoryName(root);
if (root is null)
{
    Console.Error.WriteLine("Run it inside the repository.");
    return 2;
}

bool checkOnly = args is ["--check"];
string[] names = checkOnly ? [] : args;
Mutation[] mutations;
try
{
    mutations =
    [
        .. Directory.EnumerateFiles(Path.Combine(root, "tests", "Mutations", "list"), "*.mutation").Order(StringComparer.Ordinal).Select(Mutation.Read)
            .Where(mutation => names.Length == 0 || names.Contains(mutation.Name)),
    ];
    foreach (Mutation mutation in mutations)
        mutation.Check(root);
}
catch (FormatException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

if (names.FirstOrDefault(name => mutations.All(mutation => mutation.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"usage: tests/mutate [--check] [NAME...]: there is no mutation '{unknown}' in tests/Mutations/list.");
    return 2;
}

if (checkOnly)
{
    Console.WriteLine($"{mutations.Length} mutations fit the code.");
    return 0;
}

long begin = Stopwatch.GetTimestamp();
int unnoticed = 0;
using (var workshop = new Workshop(root))
{
    if (workshop.TryUnharmed() is { } broken)
    {
        Console.Error.WriteLine($"Without any mutation {broken} fails already: mend that first.");
        return 1;
    }

    foreach (Mutation mutation in mutations)
    {
        long start = Stopwatch.GetTimestamp();
        string? noticed = workshop.Try(mutation);
        unnoticed += noticed is null ? 1 : 0;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{mutation.Name}: {mutation.Harm}\n    {(noticed is null ? "NOT NOTICED" : $"noticed by {noticed}")}, {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
    }
}

Console.WriteLine($"{mutations.Length} mutations, {mutations.Length - unnoticed} noticed");
if (unnoticed > 0)
    return 1;
if (Environment.GetEnvironmentVariable("AUDITHOST_FIGURES") is { Length: > 0 } figures && names.Length == 0)
{
    Directory.CreateDirectory(figures);
    var figure = new Figure(
        "changes of the code for the worse, each noticed by the programme", mutations.Length, Math.Round(Stopwatch.GetElapsedTime(begin).TotalSeconds, 1), null,
        string.Join(", ", mutations.Select(mutation => mutation.Name)));
    File.WriteAllText(Path.Combine(figures, "mutations.json"), JsonSerializer.Serialize(figure));
}

return 0;
