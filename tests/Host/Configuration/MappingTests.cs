using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Intake.Mapping;

namespace AuditHost.Tests.Configuration;

public sealed class MappingTests
{
    [Fact]
    public async Task Members_are_mapped_in_a_word_or_in_full()
    {
        SiteLoadResult result = await LoadAsync("user: event.actor | actor, severity: { from: event.level, values: { Err: High, 3: High }, default: Low }, event_type: { default: Login }");

        Assert.Empty(result.Lines());
        IReadOnlyList<MappedMember> mapping = Assert.IsType<SplunkSourceOptions>(Assert.Single(result.Site!.Host.Sources)).Mapping;
        Assert.Equal(["event_type", "severity", "user"], mapping.Select(member => member.Name));
        Assert.Equal(["event.actor", "actor"], mapping[2].Paths);
        Assert.Equal(["event.level"], mapping[1].Paths);
        Assert.Equal(("High", "High", "Low"), (mapping[1].Values["err"], mapping[1].Values["3"], mapping[1].Default));
        Assert.Equal(("Login", 0), (mapping[0].Default, mapping[0].Paths.Count));
    }

    [Theory]
    [InlineData("user: event..actor", "user", "'event..actor' is no path; write names with dots between them, those with dots in quotes, as in event.user | attributes.\"user.id\"")]
    [InlineData("user: actor |", "user", "'actor |' is no path; write names with dots between them, those with dots in quotes, as in event.user | attributes.\"user.id\"")]
    [InlineData("user: {}", "user", "says nothing: give it from, default or both")]
    [InlineData("severity: { from: level, values: [a] }", "severity.values", "expected a mapping, each of it a text; got a list")]
    [InlineData("severity: { from: level, values: { err: High, ERR: Low } }", "severity.values.ERR", "stands there twice, in another case")]
    public async Task What_makes_no_sense_is_an_error_at_its_place(string mapping, string path, string message)
    {
        SiteLoadResult result = await LoadAsync(mapping);

        Diagnostic error = Assert.Single(result.Diagnostics);
        Assert.Equal(($"host.sources[0].mapping.{path}", message), (error.Path, error.Message));
    }

    [Fact]
    public async Task Member_that_is_not_known_suggests_one_that_is()
    {
        SiteLoadResult result = await LoadAsync("sevrity: level");

        Assert.Equal("severity", Assert.Single(result.Diagnostics).Suggestion);
    }

    private static Task<SiteLoadResult> LoadAsync(string mapping) =>
        SiteFolder.LoadAsync($"enterprise_integration: {{}}\nhost:\n  sources:\n    - {{ type: splunk_hec, mapping: {{ {mapping} }} }}\n");
}
