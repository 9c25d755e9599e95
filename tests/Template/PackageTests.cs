using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

namespace AuditHost.Template;

/// <summary>What <c>sdk/pack</c> makes, read from the packages themselves.</summary>
public sealed class PackageTests(Workshop workshop)
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static TheoryData<string> Libraries => ["AuditHost.Sdk", "AuditHost.PluginKit", "AuditHost.Sdk.Testing"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Package_says_what_it_is_and_under_which_licence(string id)
    {
        using ZipArchive package = Open(id, "nupkg");
        XElement metadata = Nuspec(package, id);

        Assert.Equal("1.0.0", Value(metadata, "version"));
        Assert.True(Value(metadata, "description").Length > 40);
        Assert.Equal("LICENSE-EXCEPTION.md", Value(metadata, "license"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.Equal(Text(Path.Combine(Repository.Root, "LICENSE")), Text(package, "LICENSE"));
        Assert.Equal(Text(Path.Combine(Repository.Root, "sdk", "LICENSE-EXCEPTION.md")), Text(package, "LICENSE-EXCEPTION.md"));
        Assert.Equal(Text(Path.Combine(Repository.Root, "sdk", id, "README.md")), Text(package, "README.md"));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.dll"));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.xml"));
    }

    [Fact]
    public void Build_rules_travel_with_the_contract()
    {
        using ZipArchive package = Open("AuditHost.Sdk", "nupkg");

        Assert.NotNull(package.GetEntry("buildTransitive/AuditHost.Sdk.props"));
        Assert.NotNull(package.GetEntry("buildTransitive/AuditHost.Sdk.targets"));
        Assert.DoesNotContain(Nuspec(package, "AuditHost.Sdk").Descendants(), element => element.Name.LocalName == "dependency");
    }

    [Fact]
    public void Templates_are_free_of_conditions()
    {
        using ZipArchive package = Open("AuditHost.Templates", "nupkg");
        XElement metadata = Nuspec(package, "AuditHost.Templates");

        Assert.Equal("MIT-0", Value(metadata, "license"));
        Assert.Equal("Template", metadata.Descendants().Single(element => element.Name.LocalName == "packageType").Attribute("name")!.Value);
        Assert.Equal(2, package.Entries.Count(entry => entry.FullName.EndsWith(".template.config/template.json", StringComparison.Ordinal)));
        Assert.Equal(2, package.Entries.Count(entry => entry.Name == "LICENSE" && Text(entry).StartsWith("MIT No Attribution", StringComparison.Ordinal)));
        Assert.DoesNotContain(package.Entries, entry => entry.FullName.Contains("/bin/", StringComparison.Ordinal) || entry.FullName.Contains("/obj/", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Symbols_have_every_source_in_them_and_no_path_of_a_machine(string id)
    {
        using ZipArchive package = Open(id, "snupkg");
        using var pdb = new MemoryStream(Bytes(package.GetEntry($"lib/net10.0/{id}.pdb")!));
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(pdb);
        MetadataReader reader = provider.GetMetadataReader();

        foreach (DocumentHandle handle in reader.Documents)
        {
            string name = reader.GetString(reader.GetDocument(handle).Name);
            Assert.StartsWith("/_", name, StringComparison.Ordinal);
            Assert.Contains(reader.GetCustomDebugInformation(handle), info => reader.GetGuid(reader.GetCustomDebugInformation(info).Kind) == EmbeddedSource);
        }
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Nothing_in_a_package_names_the_machine_it_was_made_on(string id)
    {
        string[] places = [Repository.Root, workshop.Home, Path.GetTempPath() + "tmp."];
        foreach (string extension in new[] { "nupkg", "snupkg" })
        {
            using ZipArchive package = Open(id, extension);
            foreach (ZipArchiveEntry entry in package.Entries)
            {
                byte[] bytes = Bytes(entry);
                Assert.All(places, place => Assert.False(
                    bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(place)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(place)) >= 0, $"{entry.FullName} has {place} in it."));
            }
        }
    }

    [Fact]
    public async Task Same_sources_give_the_same_assemblies_and_symbols()
    {
        string again = Path.Combine(workshop.Home, "again");
        await Workshop.PackAsync(again);

        foreach (string id in Libraries.Select(row => row.Data))
        {
            foreach ((string extension, string kind) in new[] { ("nupkg", "dll"), ("snupkg", "pdb") })
            {
                using ZipArchive first = Open(id, extension);
                using ZipArchive second = ZipFile.OpenRead(Path.Combine(again, $"{id}.1.0.0.{extension}"));
                string file = $"lib/net10.0/{id}.{kind}";
                Assert.True(Bytes(first.GetEntry(file)!).AsSpan().SequenceEqual(Bytes(second.GetEntry(file)!)), $"{file} differs.");
            }
        }
    }

    [Fact]
    public async Task Change_that_breaks_the_last_tags_users_is_refused()
    {
        string clone = Path.Combine(workshop.Home, "clone");
        (await workshop.RunAsync(workshop.Home, $"git clone -q {Repository.Root} {clone} && git -C {clone} tag v1.0.0")).Expect(0);
        Replace(Path.Combine(clone, "Directory.Build.props"), "<Version>1.0.0</Version>", "<Version>1.1.0</Version>");
        Replace(Path.Combine(clone, "sdk", "AuditHost.PluginKit", "Http", "ResponseText.cs"), "public const int MaxReadBytes", "internal const int MaxReadBytes");

        CommandResult packed = await workshop.PackAsync(clone, Path.Combine(workshop.Home, "refused"), "--baseline", workshop.Packages);

        Assert.NotEqual(0, packed.ExitCode);
        Assert.Contains("compared with v1.0.0", packed.Output, StringComparison.Ordinal);
        Assert.Contains("error CP0002: Member 'int AuditHost.PluginKit.Http.ResponseText.MaxReadBytes'", packed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_is_one_and_the_same_everywhere()
    {
        string version = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

        Assert.Equal(version, XDocument.Load(Path.Combine(Repository.Root, "plugin-template", "AuditHost.Templates.csproj")).Descendants("Version").Single().Value);
        foreach (string project in Directory.EnumerateFiles(Path.Combine(Repository.Root, "plugin-template", "content"), "*.csproj", SearchOption.AllDirectories))
        {
            IEnumerable<string> versions = XDocument.Load(project).Descendants("PackageReference")
                .Where(reference => reference.Attribute("Include")!.Value.StartsWith("AuditHost.", StringComparison.Ordinal))
                .Select(reference => reference.Attribute("Version")!.Value);
            Assert.All(versions, referenced => Assert.Equal(version, referenced));
        }
    }

    private static void Replace(string path, string text, string other)
    {
        string before = File.ReadAllText(path);
        Assert.Contains(text, before, StringComparison.Ordinal);
        File.WriteAllText(path, before.Replace(text, other, StringComparison.Ordinal));
    }

    private static string Value(XElement metadata, string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

    private static XElement Nuspec(ZipArchive package, string id) => XDocument.Parse(Text(package, $"{id}.nuspec").TrimStart('\uFEFF')).Root!.Elements().Single();

    private static string Text(string path) => File.ReadAllText(path);

    private static string Text(ZipArchive package, string name) => Text(package.GetEntry(name)!);

    private static string Text(ZipArchiveEntry entry) => Encoding.UTF8.GetString(Bytes(entry));

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private ZipArchive Open(string id, string extension) => ZipFile.OpenRead(Path.Combine(workshop.Packages, $"{id}.1.0.0.{extension}"));
}
