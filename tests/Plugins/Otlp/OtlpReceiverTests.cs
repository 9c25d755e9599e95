using System.Net.Http.Headers;
using System.Text;
using AuditHost.Fakes.OpenTelemetry;
using static AuditHost.Plugins.Tests.Otlp.OtlpTests;

namespace AuditHost.Plugins.Tests.Otlp;

/// <summary>The fake receiver sees what a sender does wrong.</summary>
public sealed class OtlpReceiverTests
{
    [Theory]
    [InlineData("0a020a00", 200, "an envelope without records")]
    [InlineData("0a0412020800", 400, "wrong wire type")]
    [InlineData("0a0512", 400, "beyond its message")]
    [InlineData("0a8000", 400, "longer than it need be")]
    [InlineData("0a06120412021000", 200, "without the time of its observation")]
    [InlineData("0a0612041202100a", 200, "without the time of its observation")]
    [InlineData("0a06120412021019", 400, "severity number")]
    [InlineData("0a0712051203a00601", 200, "field 100 of LogRecord")]
    [InlineData("0a0a120812062a040a0010ff", 400, "an integer without end")]
    [InlineData("0a0a120812062a040a001001", 400, "several")]
    [InlineData("0a0a120812062a040a02ff41", 400, "no UTF-8")]
    [InlineData("13", 400, "proto3 does not have")]
    public async Task Protobuf_is_read_strictly(string hex, int status, string violation) =>
        await AssertRefusedAsync(Convert.FromHexString(hex), OtlpReply.Protobuf, status, violation);

    [Theory]
    [InlineData("""{"resource_logs":[]}""", 200, "field resource_logs")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"observedTimeUnixNano":1}]}]}]}""", 200, "no string")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"observedTimeUnixNano":"1","traceId":"AAAA"}]}]}]}""", 200, "no hex")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":"SEVERITY_NUMBER_INFO"}]}]}]}""", 400, "")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"a","intValue":"1"}}]}]}]}""", 400, "several")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"observedTimeUnixNano":"1","attributes":[{"key":"a"},{"key":"a"}]}]}]}]}""", 200, "two attributes")]
    [InlineData("""{"resourceLogs":[{"scopeLogs":[]}]}""", 200, "an envelope without records")]
    [InlineData("""{"resourceLogs":""", 400, "")]
    public async Task Json_is_read_strictly(string json, int status, string violation) =>
        await AssertRefusedAsync(Encoding.UTF8.GetBytes(json), OtlpReply.Json, status, violation);

    [Theory]
    [MemberData(nameof(Encodings), MemberType = typeof(OtlpTests))]
    public async Task Counting_counts_the_same(string encoding)
    {
        using var context = new Sdk.Testing.TestPluginContext();
        await using OtlpReceiver receiver = await StartAsync();
        receiver.Keeps = false;
        await using Sdk.IConnector connector = Create(context, $$""","encoding":"{{encoding}}","body":"map" """, receiver.Address);

        await connector.SendAsync(Batch(123), Cancellation);

        Assert.Equal(123, receiver.RecordCount);
        Assert.Empty(receiver.Records);
    }

    [Fact]
    public async Task A_body_above_the_limit_is_too_large()
    {
        using var context = new Sdk.Testing.TestPluginContext();
        await using OtlpReceiver receiver = await StartAsync();
        receiver.MaxBodyBytes = 1000;
        await using Sdk.IConnector connector = Create(context, endpoints: receiver.Address);

        Assert.Equal(Sdk.FailureKind.TooLarge, (await connector.SendAsync(Batch(2), Cancellation)).Kind);
        Assert.Equal(0, receiver.RecordCount);
    }

    private static async Task AssertRefusedAsync(byte[] body, string contentType, int status, string violation)
    {
        await using OtlpReceiver receiver = await StartAsync();
        using var client = new HttpClient();
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };

        using HttpResponseMessage response = await client.PostAsync(new Uri(receiver.Address, OtlpReceiver.Path), content, Cancellation);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(receiver.Violations, one => one.Contains(violation, StringComparison.Ordinal));
    }
}
