using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Configuration.Settings;

namespace AuditHost.Tests.Configuration;

public sealed class TemplateBindingTests : IDisposable
{
    private const string Destination = "enterprise_integration:\n  siem:\n    splunk:\n      hec_endpoint: 'https://splunk.example'\n      hec_token: canary-token\n";

    private readonly SiteFolder _folder = new(Destination);

    [Fact]
    public async Task Name_is_found_in_the_sites_folder_first_then_among_the_ready_ones()
    {
        Write($"{Destination}      template: ocsf\n");
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "templates", "ocsf.sbn"), (await TemplateAsync()).Path);

        AddTemplate("templates", "mine.sbn", "---\nname: ocsf\n---\n{}");
        Assert.Equal(Path.Combine(_folder.Directory, "templates", "mine.sbn"), (await TemplateAsync()).Path);
    }

    [Fact]
    public async Task Folder_of_templates_may_lie_elsewhere()
    {
        AddTemplate("elsewhere", "acme.sbn", "{}");
        Write($"host: {{ templates: {{ directory: elsewhere }} }}\n{Destination}      template: acme\n");

        Assert.Equal(Path.Combine(_folder.Directory, "elsewhere", "acme.sbn"), (await TemplateAsync()).Path);
        Assert.Equal(Path.Combine(_folder.Directory, "elsewhere"), SiteLoader.FindTemplateDirectory(_folder.File, _ => null));
    }

    [Fact]
    public void Folder_of_templates_is_beside_the_site_file_even_before_that_is_there()
    {
        Assert.Equal(Path.Combine(_folder.Directory, "templates"), SiteLoader.FindTemplateDirectory(_folder.File, _ => null));
        Assert.Equal(Path.Combine(_folder.Directory, "templates"), SiteLoader.FindTemplateDirectory(Path.Combine(_folder.Directory, "none.yaml"), _ => null));
    }

    [Fact]
    public async Task Folder_that_the_site_names_must_be_there()
    {
        Write($"host: {{ templates: {{ directory: ./nowhere }} }}\n{Destination}");

        Assert.Equal(
            [$"site.yaml:1:33: error: host.templates.directory: there is no folder {Path.Combine(_folder.Directory, "nowhere")}; make it, or leave the key out"],
            (await LoadAsync()).Errors());
    }

    [Fact]
    public async Task Unknown_name_is_an_error_with_the_nearest_and_the_list()
    {
        AddTemplate("templates", "acme.sbn", "{}");
        Write($"{Destination}      template: acmee\n");

        string error = Assert.Single((await LoadAsync()).Errors());

        Assert.StartsWith("site.yaml:6:17: error: siem.splunk.template: there is no template 'acmee' in ", error, StringComparison.Ordinal);
        Assert.Contains("there are acme, crowdstrike_logscale, exabeam, ", error, StringComparison.Ordinal);
        Assert.EndsWith("; did you mean acme?", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mapping_takes_a_name_too_and_overrules_the_head()
    {
        AddTemplate("templates", "acme.sbn", "---\nkind: body\ncontent_type: text/plain\n---\n{{ audit.id | json }}");
        Write($"{Destination}      template: {{ path: acme, kind: event, content_type: application/json }}\n");

        Assert.Equal(
            new TemplateOptions { Path = Path.Combine(_folder.Directory, "templates", "acme.sbn"), Kind = TemplateKind.Event, ContentType = "application/json" }, await TemplateAsync());
        Write($"{Destination}      template: {{ path: acme }}\n");
        Assert.Contains("There is no variable or function `audit`", Assert.Single((await LoadAsync()).Errors()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ adit.id }}", "acme.sbn:1:4: There is no variable or function `adit`")]
    [InlineData("---\nknd: event\n---\n{}", "acme.sbn:2:1: knd: unknown key; did you mean kind?")]
    public async Task Broken_template_is_an_error_of_the_site_with_its_own_place(string text, string error)
    {
        AddTemplate("templates", "acme.sbn", text);
        foreach (string reference in new[] { "acme", "./templates/acme.sbn" })
        {
            Write($"{Destination}      template: {reference}\n");

            string found = Assert.Single((await LoadAsync()).Errors());

            Assert.StartsWith("site.yaml:6:17: error: siem.splunk.template: ", found, StringComparison.Ordinal);
            Assert.Contains(error, found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_templates_of_one_name_cannot_be_told_apart()
    {
        AddTemplate("templates", "acme.sbn", "{}");
        AddTemplate("templates", "other.sbn", "---\nname: acme\n---\n{}");
        Write($"{Destination}      template: acme\n");

        Assert.Contains("acme.sbn and other.sbn have the same name 'acme'", Assert.Single((await LoadAsync()).Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_of_a_disabled_destination_is_not_looked_for()
    {
        Write($"{Destination}      enabled: false\n      template: acme\n");

        Assert.Empty((await LoadAsync()).Errors());
    }

    public void Dispose() => _folder.Dispose();

    private void AddTemplate(string folder, string name, string text)
    {
        System.IO.Directory.CreateDirectory(Path.Combine(_folder.Directory, folder));
        _folder.Add(Path.Combine(folder, name), text);
    }

    private void Write(string yaml) => File.WriteAllText(_folder.File, yaml);

    private Task<SiteLoadResult> LoadAsync() => SiteLoader.LoadAsync(_folder.File, FakePlugins.Catalogue(), _ => null, compileTemplate: TemplateCheck.Compile);

    private async Task<TemplateOptions> TemplateAsync()
    {
        SiteLoadResult result = await LoadAsync();
        Assert.Empty(result.Errors());
        return Assert.Single(result.Site!.Destinations).Template!;
    }
}
