using System.Text;
using AuditHost.Fakes;
using AuditHost.Fakes.Host;

namespace AuditHost.Client.Tests;

public sealed class AuditClientTests : ClientTest
{
    [Fact]
    public async Task An_event_is_sent_in_the_common_envelope_and_acknowledged()
    {
        Intake.WantsToken = true;
        await using AuditClient client = Create(token: FakeIntake.Token);

        AuditDelivery delivery = await client.SendAsync(
            new AuditRecord
            {
                EventId = "e-1",
                Timestamp = new DateTimeOffset(2026, 11, 27, 10, 0, 0, TimeSpan.Zero),
                EventType = "SecurityEvent",
                Severity = AuditSeverity.High,
                Host = "app01",
                User = "jürgen \"x\"",
                ComplianceProfiles = ["SOX"],
                Payload = new Dictionary<string, object?> { ["n"] = 7, ["d"] = 0.5, ["m"] = 1.10m, ["t"] = true, ["none"] = null, ["nan"] = double.NaN, ["uri"] = new Uri("http://a/"), ["id"] = Guid.Empty },
            },
            Cancellation);

        Assert.Equal(AuditDelivery.Accepted, delivery);
        Assert.Equal(
            """{"event_id":"e-1","timestamp":"2026-11-27T10:00:00+00:00","event_type":"SecurityEvent","severity":"High","hostname":"app01","user":"j\u00FCrgen \u0022x\u0022","compliance_profiles":["SOX"],"payload":{"n":7,"d":0.5,"m":1.10,"t":true,"none":null,"nan":"NaN","uri":"http://a/","id":"00000000-0000-0000-0000-000000000000"}}""" + "\n",
            Intake.Requests.Single().Text);
        Assert.Empty(Intake.Violations);
    }

    [Fact]
    public async Task Events_that_come_together_go_together_and_in_their_order()
    {
        using var gate = new ManualResetEventSlim();
        await using AuditClient client = Create();
        Task<AuditDelivery> first = await HoldFirstAsync(client, gate);

        Task<AuditDelivery>[] others = [.. Enumerable.Range(1, 400).Select(number => client.SendAsync(Json($"e-{number}"), Cancellation))];
        gate.Set();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(2, Intake.RequestCount);
        Assert.Equal(Enumerable.Range(0, 401).Select(number => $"e-{number}"), Intake.Ids);
    }

    [Fact]
    public async Task A_bad_event_fails_alone()
    {
        using var gate = new ManualResetEventSlim();
        await using AuditClient client = Create();
        Task<AuditDelivery> first = await HoldFirstAsync(client, gate);
        Task<AuditDelivery>[] others = [.. Enumerable.Range(1, 9).Select(number => client.SendAsync(Json($"e-{number}", number == 4 ? ",\"bad\":1" : string.Empty), Cancellation))];
        gate.Set();

        AuditRejectedException refused = await Assert.ThrowsAsync<AuditRejectedException>(() => others[3]);
        await Task.WhenAll([first, .. others.Where((_, index) => index != 3)]);

        Assert.Equal("$: It says so.", refused.Message);
        Assert.Equal(["e-0", "e-1", "e-2", "e-3", "e-5", "e-6", "e-7", "e-8", "e-9"], Intake.Ids);
    }

    [Fact]
    public async Task What_is_too_large_together_goes_in_parts_and_what_is_too_large_alone_fails()
    {
        Intake.MaxBodyBytes = 100;
        using var gate = new ManualResetEventSlim();
        await using AuditClient client = Create();
        Task<AuditDelivery> first = await HoldFirstAsync(client, gate);
        Task<AuditDelivery>[] others = [.. Enumerable.Range(1, 20).Select(number => client.SendAsync(Json($"e-{number:D2}"), Cancellation))];
        Task<AuditDelivery> large = client.SendAsync(Json("large", $",\"x\":\"{new string('x', 200)}\""), Cancellation);
        gate.Set();

        await Task.WhenAll([first, .. others]);
        await Assert.ThrowsAsync<AuditRejectedException>(() => large);
        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"e-{number:D2}").Prepend("e-0"), Intake.Ids);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Without_a_spool_a_send_waits_until_the_host_takes_it(int status)
    {
        Intake.FailNext(new FakeAnswer(status), times: 3);
        await using AuditClient client = Create(spools: false);

        Assert.Equal(AuditDelivery.Accepted, await client.SendAsync(Json("e-1"), Cancellation));

        Assert.Equal(4, Intake.RequestCount);
        Assert.Equal(["e-1"], Intake.Ids);
    }

    [Fact]
    public async Task Without_a_spool_a_client_that_closes_says_what_is_not_safe()
    {
        Intake.Always = new FakeAnswer(503);
        var client = new AuditClient(new AuditClientOptions { Endpoint = Intake.Address, Timeout = TimeSpan.FromMilliseconds(300) });
        Task<AuditDelivery> sent = client.SendAsync(Json("e-1"), Cancellation);

        await client.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.SendAsync(Json("e-2"), Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}{}")]
    [InlineData("{\"a\":")]
    public async Task What_is_no_event_is_refused_at_once(string json)
    {
        await using AuditClient client = Create();

        await Assert.ThrowsAsync<ArgumentException>(() => client.SendAsync(Encoding.UTF8.GetBytes(json), Cancellation));
        Assert.Equal(0, Intake.RequestCount);
    }

    [Fact]
    public async Task JSON_of_several_lines_is_one_event()
    {
        await using AuditClient client = Create();

        await client.SendAsync("{\r\n \"event_id\": \"e-1\",\n \"text\": \"a\\nb\"\n}"u8.ToArray(), Cancellation);

        Assert.Equal("a\nb", Intake.Events.Single().GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("ftp://host/")]
    [InlineData("relative")]
    public void An_endpoint_that_is_none_is_refused(string endpoint) => Assert.Throws<ArgumentException>(() => new AuditClient(new Uri(endpoint, UriKind.RelativeOrAbsolute)));
}
