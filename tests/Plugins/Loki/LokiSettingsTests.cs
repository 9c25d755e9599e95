using AuditHost.Connectors.Loki;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Loki.LokiTests;

namespace AuditHost.Plugins.Tests.Loki;

public sealed class LokiSettingsTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [InlineData(""" "endpoint":"h:3100" """, "endpoint")]
    [InlineData(""" "endpoint":[] """, "endpoint")]
    [InlineData(""" "endpoint":["https://h","https://h/loki/api/v1/push"] """, "endpoint")]
    [InlineData(""" "endpoint":"https://h","tenant":"" """, "tenant")]
    [InlineData(""" "endpoint":"https://h","tenant":"a|b" """, "tenant")]
    [InlineData(""" "endpoint":"https://h","tenant":".." """, "tenant")]
    [InlineData(""" "endpoint":"https://h","labels":{"app-name":"a"} """, "labels")]
    [InlineData(""" "endpoint":"https://h","labels":{"1st":"a"} """, "labels")]
    [InlineData(""" "endpoint":"https://h","labels":{"__app":"a"} """, "labels.__app")]
    [InlineData(""" "endpoint":"https://h","labels":{"app":""} """, "labels.app")]
    [InlineData(""" "endpoint":"https://h","labels":{},"label_fields":["event_type"] """, "labels")]
    [InlineData(""" "endpoint":"https://h","labels":{"severity":"a"} """, "label_fields")]
    [InlineData(""" "endpoint":"https://h","label_fields":["event_id"] """, "label_fields")]
    [InlineData(""" "endpoint":"https://h","label_fields":["severity","user"] """, "label_fields")]
    [InlineData(""" "endpoint":"https://h","label_fields":["operation_id"] """, "label_fields")]
    [InlineData(""" "endpoint":"https://h","label_fields":["severity","severity"] """, "label_fields")]
    [InlineData(""" "endpoint":"https://h","structured_metadata":["event_id","event_id"] """, "structured_metadata")]
    [InlineData(""" "endpoint":"https://h","structured_metadata":["event_id","severity"] """, "structured_metadata")]
    [InlineData(""" "endpoint":"https://h","label_fields":["severity","host"],"structured_metadata":["host"] """, "structured_metadata")]
    [InlineData(""" "endpoint":"https://h","max_line_bytes":0 """, "max_line_bytes")]
    public void What_cannot_work_is_refused_by_name(string settings, string setting)
    {
        var refusal = Assert.Throws<SettingsException>(() => Create($"{{{settings}}}", _context));

        Assert.Equal(setting, refusal.Setting);
    }

    [Fact]
    public void A_label_may_be_one_of_the_usual_metadata() =>
        Assert.NotNull(Create("""{"endpoint":"https://h","label_fields":["severity","host"]}""", _context));

    [Theory]
    [InlineData(13, true)]
    [InlineData(14, false)]
    public void All_labels_together_are_fifteen_at_most(int count, bool works)
    {
        string labels = string.Join(',', Enumerable.Range(0, count).Select(number => $"\"l{number}\":\"v\""));

        Assert.Equal(works, Record.Exception(() => Create($$"""{"endpoint":"https://h","labels":{ {{labels}} } }""", _context)) is null);
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public void A_label_is_as_long_as_Loki_takes_it(int length, bool works) => Assert.Equal(
        works, Record.Exception(() => Create($$"""{"endpoint":"https://h","labels":{"l":"{{new string('v', length)}}"} }""", _context)) is null);

    [Fact]
    public void Severity_alone_is_label_enough() =>
        Assert.NotNull(Create("""{"endpoint":"https://h","labels":{},"label_fields":["severity"]}""", _context));

    [Fact]
    public void Endpoints_are_shown_with_their_whole_path()
    {
        IReadOnlyList<Uri> endpoints = new LokiFactory().Endpoints("""{"endpoint":["https://a:3100","https://b/x/?k=1"]}"""u8.ToArray());

        Assert.Equal(["https://a:3100/loki/api/v1/push", "https://b/x/loki/api/v1/push"], endpoints.Select(endpoint => endpoint.AbsoluteUri));
    }

    public void Dispose() => _context.Dispose();
}
