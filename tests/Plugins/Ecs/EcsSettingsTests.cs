using AuditHost.Formats.Ecs;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Ecs;

public sealed class EcsSettingsTests
{
    [Theory]
    [InlineData("""{"dataset":""}""", "dataset")]
    [InlineData("""{"dataset":"copybook-audit"}""", "dataset")]
    [InlineData("""{"dataset":"Copybook"}""", "dataset")]
    [InlineData("""{"dataset":"a b"}""", "dataset")]
    [InlineData("""{"dataset":"a/b"}""", "dataset")]
    [InlineData("""{"dataset":"a*"}""", "dataset")]
    [InlineData("""{"dataset":"a\"b"}""", "dataset")]
    [InlineData("""{"dataset":"a\u0007b"}""", "dataset")]
    [InlineData("""{"dataset":".."}""", "dataset")]
    [InlineData("""{"dataset":"12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901"}""", "dataset")]
    [InlineData("""{"dataset":"éééééééééééééééééééééééééééééééééééééééééééééééééééé"}""", "dataset")]
    [InlineData("""{"dataset":"a","namespace":""}""", "namespace")]
    [InlineData("""{"dataset":"a","namespace":"eu-west"}""", "namespace")]
    [InlineData("""{"dataset":"a","namespace":"Prod"}""", "namespace")]
    [InlineData("""{"namespace":"prod"}""", "namespace")]
    [InlineData("""{"service_name":" "}""", "service_name")]
    [InlineData("""{"custom_field":""}""", "custom_field")]
    [InlineData("""{"custom_field":"event"}""", "custom_field")]
    [InlineData("""{"custom_field":"gen_ai"}""", "custom_field")]
    [InlineData("""{"custom_field":"Copybook"}""", "custom_field")]
    [InlineData("""{"custom_field":"a.b"}""", "custom_field")]
    [InlineData("""{"custom_field":"7a"}""", "custom_field")]
    [InlineData("""{"custom_field":"a23456789012345678901234567890123456789012345678901234567890123456"}""", "custom_field")]
    public void Setting_that_cannot_work_is_refused_by_name(string settings, string expected)
    {
        SettingsException exception = Assert.Throws<SettingsException>(() => Rendering.Create(new EcsFormatterFactory(), settings));

        Assert.Equal(expected, exception.Setting);
        Assert.Contains($"'{expected}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Custom_field_cannot_be_any_name_that_the_documents_have()
    {
        string[] names = [.. EcsSchema.TopLevelNames];
        Assert.Contains("user_agent", names);

        Assert.All(names, static name => Assert.Throws<SettingsException>(
            () => Rendering.Create(new EcsFormatterFactory(), $$"""{"custom_field":"{{name}}"}""")));
    }

    [Theory]
    [InlineData("copybook.audit", "default")]
    [InlineData("a_1.ü", "eu_west.2")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890", "1")]
    public void Data_stream_is_named_as_set(string dataset, string space)
    {
        string json = Rendering.Create(new EcsFormatterFactory(), $$"""{"dataset":"{{dataset}}","namespace":"{{space}}"}""").Render(SampleEvents.Parse(0));

        Assert.Contains($$"""
            "data_stream":{"type":"logs","dataset":"{{dataset}}","namespace":"{{space}}"}
            """.Trim(), json, StringComparison.Ordinal);
        Assert.Empty(EcsSchema.Check(json));
    }

    [Fact]
    public void Without_a_dataset_no_data_stream_is_named()
    {
        string json = Rendering.Create(new EcsFormatterFactory()).Render(SampleEvents.Parse(0));

        Assert.DoesNotContain("data_stream", json, StringComparison.Ordinal);
        Assert.DoesNotContain("dataset", json, StringComparison.Ordinal);
    }
}
