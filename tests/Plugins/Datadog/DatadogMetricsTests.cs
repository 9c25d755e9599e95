using System.Text;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Datadog;

/// <summary>What is counted, and under which tags.</summary>
public sealed class DatadogMetricsTests : DatadogTest
{
    [Fact]
    public async Task The_designs_metrics_come_of_copybooks_own_events()
    {
        await using IConnector connector = Create("\"metrics\"");

        DeliveryResult result = await connector.SendAsync(Samples(), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(Fake.Violations);
        Assert.Equal(
            [
                "copybook.audit.compliance_events", "copybook.audit.events", "copybook.audit.security_events", "copybook.performance.cpu_percent",
                "copybook.performance.duration_ms", "copybook.performance.memory_mb", "copybook.performance.throughput_mbps",
            ],
            Fake.Metrics.Points.Select(point => point.Metric).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(10, Fake.Metrics.Sum("copybook.audit.events"));
        Assert.Equal(1, Fake.Metrics.Sum("copybook.audit.events", "event_type:copybookparse,severity:low,operation:parse"));
        Assert.Equal(1, Fake.Metrics.Sum("copybook.audit.security_events"));
        Assert.Equal(12, Fake.Metrics.Sum("copybook.performance.duration_ms", "operation:parse"));
        Assert.All(Fake.Metrics.Points, point => Assert.Equal("relay-1", point.Host));
    }

    [Fact]
    public async Task An_event_counts_for_each_of_its_regimes_and_once_for_each()
    {
        await using IConnector connector = Create("\"metrics\"");

        await connector.SendAsync(Batch(2, """ "event_type":"X","context":{"compliance_profiles":["SOX","sox","HIPAA",{"a":1},"PciDss"]} """), Cancellation);

        Assert.Equal(6, Fake.Metrics.Sum("copybook.audit.compliance_events"));
        Assert.Equal(2, Fake.Metrics.Sum("copybook.audit.compliance_events", "profile:sox,classification:unknown"));
    }

    [Theory]
    [InlineData("null", "system")]
    [InlineData("\"\"", "system")]
    [InlineData("\"Alice\"", "alice")]
    [InlineData("\"jm\\u00fcller\"", "jmüller")]
    [InlineData("\"DOM\\\\svc  batch!!\"", "dom_svc_batch")]
    [InlineData("\"a,b|c#d@e\\nf\"", "a_b_c_d_e_f")]
    [InlineData("\"😀\"", "system")]
    public async Task A_users_tag_is_written_as_Datadog_writes_it(string user, string tag)
    {
        await using IConnector connector = Create("\"metrics\"");

        await connector.SendAsync(Batch(1, $$""" "event_type":"SecurityEvent","context":{"user":{{user}}} """), Cancellation);

        Assert.Empty(Fake.Violations);
        Assert.Equal(1, Fake.Metrics.Sum("copybook.audit.security_events", $"user:{tag}"));
    }

    [Fact]
    public async Task Users_without_number_are_fifty_tags()
    {
        await using IConnector connector = Create("\"metrics\"");

        for (int i = 0; i < 200; i++)
            await connector.SendAsync(Batch(1, $$""" "event_type":"SecurityEvent","context":{"user":"user-{{i}}"} """, first: 1 + i), Cancellation);

        Assert.Empty(Fake.Violations);
        Assert.Equal(200, Fake.Metrics.Sum("copybook.audit.security_events"));
        // "system" has a place of its own, which nobody took.
        Assert.Equal(49, Fake.Metrics.Of("copybook.audit.security_events").Select(point => point.Tags).Distinct().Count());
        Assert.Equal(152, Fake.Metrics.Sum("copybook.audit.security_events", "user:other"));
    }

    [Fact]
    public async Task Types_and_operations_without_number_are_a_thousand_series()
    {
        await using IConnector connector = Create("\"metrics\"");

        for (int i = 0; i < 60; i++)
        {
            OutboundEvent[] events = [.. Enumerable.Range(0, 60).Select(j => Batch(1, $$$""" "event_type":"t{{{i}}}","context":{"metadata":{"operation":"o{{{j}}}"}} """, first: 1 + (i * 60) + j)[0])];
            await connector.SendAsync(new EventBatch(events, default, "application/json"), Cancellation);
        }

        Assert.Empty(Fake.Violations);
        Assert.Equal(3600, Fake.Metrics.Sum("copybook.audit.events"));
        Assert.Equal(1000, Fake.Metrics.Of("copybook.audit.events").Select(point => point.Tags).Distinct().Count());
    }

    [Fact]
    public async Task Hostile_texts_break_no_rule()
    {
        await using IConnector connector = Create("\"metrics\",\"logs\",\"events\"", ""","apm_enabled":true""");
        int first = 1;
        int delivered = 0;
        foreach (string text in HostileText.Repeated.Concat(HostileText.Mixed(40)))
        {
            AuditEvent auditEvent = TestEvent.Parse(HostileText.Everywhere(text, $"h-{first}"), (ulong)first, Time.GetUtcNow());
            var batch = new EventBatch(new[] { new OutboundEvent(auditEvent, "log", auditEvent.Json) }, default, "application/json");
            first++;

            DeliveryResult result = await connector.SendAsync(batch, Cancellation);

            // In JSON a control character has six bytes.
            bool isCut = result.Failures is [{ Kind: FailureKind.TooLarge }];
            Assert.True(result.IsDelivered || isCut, $"{text[..Math.Min(text.Length, 40)]}: {result.Reason} {result.Failures?[0].Reason}");
            delivered += isCut ? 0 : 1;
        }

        Assert.Empty(Fake.Violations);
        Assert.Equal(delivered, Fake.Metrics.Sum("copybook.audit.events"));
    }

    private static EventBatch Samples() => new(
        Formats.SampleEvents.Lines.Select(static (line, index) => new OutboundEvent(TestEvent.Parse(line, (ulong)index + 1), "log", Encoding.UTF8.GetBytes(line))).ToArray(),
        default,
        "application/json");
}
