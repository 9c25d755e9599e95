using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AuditHost.Connectors.Sentinel;
using AuditHost.Plugins.Tests.Formats;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using SampleEvents = AuditHost.Plugins.Tests.Formats.SampleEvents;

namespace AuditHost.Plugins.Tests.Sentinel;

public sealed partial class SentinelFormatterTests
{
    private static readonly string[] Reserved = ["_ResourceId", "id", "_SubscriptionId", "TenantId", "Type", "UniqueId", "Title"];

    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public void Each_column_has_the_events_own_value(int index)
    {
        using JsonDocument original = JsonDocument.Parse(SampleEvents.Lines[index]);
        using JsonDocument row = JsonDocument.Parse(Rendering.Create(new SentinelFormatterFactory()).Render(SampleEvents.Parse(index)));

        foreach ((string column, string path) in new[]
        {
            ("EventId", "event_id"), ("EventType", "event_type"), ("EventSeverity", "severity"), ("EventSource", "source"),
            ("UserName", "context.user"), ("HostName", "context.environment.hostname"), ("OperationId", "context.operation_id"),
            ("ParentOperationId", "context.parent_operation_id"), ("Classification", "context.security.classification"),
            ("ComplianceProfiles", "context.compliance_profiles"), ("Metadata", "context.metadata"), ("IntegrityHash", "integrity_hash"),
            ("PreviousHash", "previous_hash"), ("Details", "payload"),
        })
        {
            JsonElement expected = path.Split('.').Aggregate(original.RootElement, (element, step) => element.GetProperty(step));
            if (expected.ValueKind == JsonValueKind.Null)
                Assert.False(row.RootElement.TryGetProperty(column, out _), column);
            else
                Assert.True(JsonElement.DeepEquals(expected, row.RootElement.GetProperty(column)), column);
        }

        // To the 100 ns that a datetime has.
        Assert.Equal(original.RootElement.GetProperty("timestamp").GetString()![..^3] + "Z", row.RootElement.GetProperty("TimeGenerated").GetString());
        Assert.All(row.RootElement.EnumerateObject(), column => Assert.Matches(ColumnName(), column.Name));
        Assert.All(row.RootElement.EnumerateObject(), column => Assert.DoesNotContain(column.Name, Reserved));
    }

    [Fact]
    public void Nothing_of_another_producers_event_is_lost()
    {
        const string Foreign = """{"id":"x-1","time":"2026-03-31T06:52:12Z","type":"login","detail":{"deep":[1,2]}}""";

        using JsonDocument row = JsonDocument.Parse(Rendering.Create(new SentinelFormatterFactory()).Render(TestEvent.Parse(Foreign)));

        Assert.Equal(("x-1", "login"), (row.RootElement.GetProperty("EventId").GetString(), row.RootElement.GetProperty("EventType").GetString()));
        Assert.Equal(Foreign, row.RootElement.GetProperty("Details").GetRawText());
    }

    [Fact]
    public void The_whole_event_goes_along_as_text_where_asked()
    {
        using JsonDocument row = JsonDocument.Parse(Rendering.Create(new SentinelFormatterFactory(), """{"raw_event":true}""").Render(SampleEvents.Parse(3)));

        Assert.Equal(SampleEvents.Lines[3], row.RootElement.GetProperty("RawEvent").GetString());
    }

    [Theory]
    [InlineData("u", 65_536, false)]
    [InlineData("u", 65_537, true)]
    [InlineData("\\u00fc", 32_768, false)]
    [InlineData("\\u00fc", 32_769, true)]
    [InlineData("ü", 32_768, false)]
    [InlineData("ü", 40_000, true)]
    public void A_long_text_is_cut_between_characters_and_the_row_says_so(string character, int count, bool cut)
    {
        AuditEvent auditEvent = WithUser($"\"{string.Concat(Enumerable.Repeat(character, count))}\"");

        using JsonDocument row = JsonDocument.Parse(Rendering.Create(new SentinelFormatterFactory()).Render(auditEvent));

        string user = row.RootElement.GetProperty("UserName").GetString()!;
        Assert.Equal(cut ? 65_536 : Encoding.UTF8.GetByteCount(character == "u" ? "u" : "ü") * count, Encoding.UTF8.GetByteCount(user));
        Assert.DoesNotContain('\ufffd', user);
        Assert.Equal(cut, row.RootElement.TryGetProperty("IsTruncated", out JsonElement flag) && flag.GetBoolean());
    }

    [Fact]
    public void Details_that_are_too_long_become_a_text()
    {
        AuditEvent auditEvent = TestEvent.Parse($$$"""{"event_id":"e","payload":{"data":"{{{new string('d', 70_000)}}}"} }""");

        using JsonDocument row = JsonDocument.Parse(Rendering.Create(new SentinelFormatterFactory()).Render(auditEvent));

        string details = row.RootElement.GetProperty("Details").GetString()!;
        Assert.Equal(65_536, details.Length);
        Assert.StartsWith("""{"data":"ddd""", details, StringComparison.Ordinal);
        Assert.True(row.RootElement.GetProperty("IsTruncated").GetBoolean());
    }

    [Theory]
    [InlineData("42", "42")]
    [InlineData("true", "true")]
    [InlineData("""{"name":"a"}""", """{"name":"a"}""")]
    public void A_column_of_text_stays_one_whatever_the_event_has_there(string value, string expected)
    {
        AuditEvent auditEvent = TestEvent.Parse($$$"""{"event_id":"e","integrity_hash":{{{value}}} }""");

        using JsonDocument row = JsonDocument.Parse(Rendering.Create(new SentinelFormatterFactory()).Render(auditEvent));

        Assert.Equal(expected, row.RootElement.GetProperty("IntegrityHash").GetString());
    }

    [Theory]
    [InlineData(255)]
    [InlineData(65_537)]
    public void A_limit_that_Azure_does_not_have_is_refused(int limit)
    {
        var refusal = Assert.Throws<SettingsException>(() => Rendering.Create(new SentinelFormatterFactory(), $$"""{"max_field_bytes":{{limit}}}"""));

        Assert.Equal("max_field_bytes", refusal.Setting);
    }

    [Fact]
    public void Nothing_is_allocated_per_event()
    {
        IEventFormatter formatter = Rendering.Create(new SentinelFormatterFactory(), """{"raw_event":true,"max_field_bytes":256}""");
        AuditEvent[] events = [.. Enumerable.Range(0, 10).Select(SampleEvents.Parse), WithUser("\"a\\u0042\\n\"")];
        var output = new ArrayBufferWriter<byte>(1 << 16);
        FormatAll();

        Assert.Equal(0, Allocations.Least(FormatAll));

        void FormatAll()
        {
            for (int round = 0; round < 10; round++)
            {
                foreach (AuditEvent auditEvent in events)
                {
                    output.ResetWrittenCount();
                    formatter.Format(auditEvent, output);
                }
            }
        }
    }

    private static AuditEvent WithUser(string user) => TestEvent.Parse($$$"""{"event_id":"e","timestamp":"2026-11-23T20:00:00Z","context":{"user":{{{user}}} },"payload":{} }""");

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{0,44}$")]
    private static partial Regex ColumnName();
}
