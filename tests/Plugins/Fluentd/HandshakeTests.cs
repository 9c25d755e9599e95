using System.Text;
using AuditHost.Connectors.Fluentd;
using AuditHost.Fakes.Fluentd;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Fluentd;

public sealed class HandshakeTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Fact]
    public void Digests_are_those_of_other_clients()
    {
        byte[] nonce = [.. Enumerable.Range(0, 16).Select(number => (byte)number)];
        byte[] salt = [.. Enumerable.Range(16, 16).Select(number => (byte)number)];

        Assert.Equal(
            "bdd2d494a655e50284852ac170bb923434886f89f0af9de03039afbf53954c41560f3f1408bdaa6bedf13b83db87533caf25237c625f7109f6914793028bf725",
            Encoding.ASCII.GetString(Handshake.KeyDigest("00112233445566778899aabbccddeeff"u8, "client1"u8, nonce, "secret"u8)));
        Assert.Equal(
            "48cb5a461d7b0868b3b7b350a14b8d96b73a0319db1216bba6b473ddd81a557aa6ea37e55b1321140d4f8c277529b363715c9c50a36bd004519769022cda6724",
            Encoding.ASCII.GetString(Handshake.KeyDigest("00112233445566778899aabbccddeeff"u8, "server1"u8, nonce, "secret"u8)));
        Assert.Equal(
            "82051d3e921402f60e40a9b9f1aaeb46adcbf3c5ab5d307c50235f4d669643fd027fc1f6dee8fd212aab09bacd0e9751c56a0a28434d6e952e2ffa9091efb9c9",
            Encoding.ASCII.GetString(Handshake.PasswordDigest(salt, "user1"u8, "pass1"u8)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Both_sides_know_each_other_before_the_first_event(bool withUser, bool asText)
    {
        var security = new InputSecurity("s3cret") { SendsText = asText, Users = withUser ? new Dictionary<string, string> { ["relay"] = "pässwort" } : [] };
        await using var input = new ForwardInput { Security = security };
        await using IConnector connector = FluentdTest.Create(_context, input, ""","shared_key":"s3cret","username":"relay","password":"pässwort" """);

        await connector.StartAsync(Cancelled);
        await connector.ProbeAsync(Cancelled);
        Assert.True((await connector.SendAsync(FluentdTest.Batch(3), Cancelled)).IsDelivered);
        Assert.True((await connector.SendAsync(FluentdTest.Batch(3), Cancelled)).IsDelivered);

        Assert.Equal((6, 2), (input.Count, input.Connections));
        Assert.Empty(input.Violations);
    }

    [Fact]
    public async Task A_connection_for_one_message_gets_one()
    {
        await using var input = new ForwardInput { Security = new InputSecurity("key") { KeepAlive = false } };
        await using IConnector connector = FluentdTest.Create(_context, input, ""","shared_key":"key","max_chunk_bytes":2000""");

        DeliveryResult result = await connector.SendAsync(FluentdTest.Batch(40), Cancelled);

        Assert.True(result.IsDelivered);
        Assert.Equal(input.Messages.Count, input.Connections);
        Assert.True(input.Messages.Count > 1);
        Assert.Empty(input.Violations);
    }

    [Theory]
    [InlineData(""","shared_key":"canary","username":"relay","password":"right" """, "shared_key")]
    [InlineData(""","shared_key":"key","username":"relay","password":"canary" """, "password")]
    [InlineData(""","shared_key":"key","username":"canary","password":"right" """, "username")]
    [InlineData(""","shared_key":"key" """, "username")]
    [InlineData("", "shared_key")]
    [InlineData(""","shared_key":"key","hostname":"fluentd.example","username":"relay","password":"right" """, "this host")]
    public async Task Refusal_is_the_operators_to_mend_and_burns_no_event(string settings, string named)
    {
        var security = new InputSecurity("key") { Users = new Dictionary<string, string> { ["relay"] = "right" } };
        await using var input = new ForwardInput { Security = security };
        await using IConnector connector = FluentdTest.Create(_context, input, settings);

        DeliveryResult result = await connector.SendAsync(FluentdTest.Batch(3), Cancelled);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains(named, result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", result.Reason, StringComparison.Ordinal);
        Assert.Equal(0, input.Count);
        if (settings.Length > 0)
            await Assert.ThrowsAnyAsync<IOException>(async () => await connector.ProbeAsync(Cancelled));
    }

    [Fact]
    public async Task What_the_input_says_of_a_refusal_is_kept_apart()
    {
        await using var input = new ForwardInput { Security = new InputSecurity("key") };
        await using IConnector connector = FluentdTest.Create(_context, input, ""","shared_key":"wrong" """);

        Assert.Equal("shared_key mismatch", (await connector.SendAsync(FluentdTest.Batch(1), Cancelled)).Response);
    }

    [Theory]
    [InlineData(true, "does not know the shared key", "fluentd.example")]
    [InlineData(false, "name by which this host greets", "relay-1")]
    public async Task An_input_that_does_not_prove_itself_gets_nothing(bool pretends, string expected, string hostname)
    {
        // Fluentd itself refuses a client of its own name; one that does not must be refused by the client.
        await using var input = new ForwardInput { Security = new InputSecurity("key") { Pretends = pretends, Hostname = hostname, TakesItsOwnName = true } };
        await using IConnector connector = FluentdTest.Create(_context, input, ""","shared_key":"key","hostname":"relay-1" """);

        DeliveryResult result = await connector.SendAsync(FluentdTest.Batch(1), Cancelled);

        Assert.Equal(FailureKind.Misconfigured, result.Kind);
        Assert.Contains(expected, result.Reason, StringComparison.Ordinal);
        Assert.Equal(0, input.Count);
    }

    [Fact]
    public async Task An_input_that_does_not_greet_is_waited_for_until_the_deadline_and_the_operator_told()
    {
        await using var input = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(_context, input, ""","shared_key":"key" """);

        // A deadline that comes while the connection is still being made is none of a missing greeting.
        int further = 2;
        for (int round = 0; round < 1000 && further > 0; round++)
        {
            using var deadline = new CancellationTokenSource();
            ValueTask<DeliveryResult> sending = connector.SendAsync(FluentdTest.Batch(1), deadline.Token);
            while (input.Connections == round)
                await Task.Yield();
            await deadline.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sending);
            if (_context.Warnings.Any())
                further--;
        }

        Assert.Contains("<security>", Assert.Single(_context.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("82")]
    [InlineData("92a448454c4f80")]
    [InlineData("92a448454c4fc0")]
    [InlineData("92a448454c4f81a56e6f6e636501")]
    [InlineData("91a448454c4f")]
    [InlineData("93a448454c4f8001")]
    [InlineData("95a4504f4e47c3a0a0a0")]
    [InlineData("81a361636ba0")]
    [InlineData("485454502f312e3120343030")]
    [InlineData("c1")]
    [InlineData("9191919191919191919191919191919191919191919191919191")]
    [InlineData("dfffffffff")]
    [InlineData("c6ffffffff")]
    public async Task What_is_no_greeting_is_a_failure(string greeting)
    {
        await using var stranger = new Stranger(Convert.FromHexString(greeting));
        await using IConnector connector = FluentdTest.Create(_context, stranger, ""","shared_key":"key" """);

        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(FluentdTest.Batch(1), Cancelled));
    }
}
