using System.Net;
using System.Net.Sockets;
using AuditHost.Fakes.Fluentd;

namespace AuditHost.Plugins.Tests.Fluentd;

/// <summary>The fake is strict: what breaks a rule is refused and noted, and what does not is taken.</summary>
public sealed class ForwardInputTests
{
    private const string Entry = "92d7006b049b40075bcd1581a26964a3652d31";

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("94a56175646974d7006b049b40075bcd1581a26964a3652d3181a56368756e6bac59326831626d73744d513d3d", "2 or 3 elements")]
    [InlineData("92a561756469749192d7006b049b40075bcd1581a26964a3652d31", "mode Forward")]
    [InlineData("92a0c413" + Entry, "tag is empty")]
    [InlineData("93a56175646974c413" + Entry + "81a473697a6502", "says 2 events, there are 1")]
    [InlineData("93a56175646974c413" + Entry + "81a473697a65a131", "option 'size'")]
    [InlineData("93a56175646974c413" + Entry + "81a56368756e6bac59326831626d73744d513d3d", "option 'chunk'")]
    [InlineData("93a56175646974c413" + Entry + "81aa636f6d70726573736564a3627232", "option 'compressed'")]
    [InlineData("93a56175646974c413" + Entry + "81aa636f6d70726573736564a4677a6970", "not gzip")]
    [InlineData("93a56175646974c413" + Entry + "81ad666c75656e745f7369676e616c00", "fluent_signal")]
    [InlineData("92a56175646974c412" + "92d7006b049b40075bcd1581a26964a3652d", "cut off")]
    [InlineData("92a56175646974c40e" + "92ce6b049b4081a26964a3652d31", "no EventTime")]
    [InlineData("92a56175646974c413" + "92d7016b049b40075bcd1581a26964a3652d31", "no EventTime")]
    [InlineData("92a56175646974c413" + "92d7006b049b403b9aca0081a26964a3652d31", "no EventTime")]
    [InlineData("92a56175646974c40c" + "92d7006b049b40075bcd15a0", "no map")]
    [InlineData("92a56175646974c411" + "92d7006b049b40075bcd158101a3652d31", "no text")]
    [InlineData("92a56175646974c413" + "92d7006b049b40075bcd1581a2ffffa3652d31", "not UTF-8")]
    [InlineData("92a56175646974c412" + "92d7006b049b40075bcd1582a16101a16102", "twice")]
    public async Task A_message_that_breaks_a_rule_is_refused(string message, string rule)
    {
        await using var input = new ForwardInput();

        Assert.Empty(await SayAsync(input, message));

        Assert.Contains(rule, Assert.Single(input.Violations), StringComparison.Ordinal);
        Assert.Empty(input.Events);
    }

    [Theory]
    [InlineData("92a56175646974c413" + Entry, "")]
    [InlineData("92a56175646974b3" + Entry, "")]
    [InlineData("93a56175646974c413" + Entry + "81a56368756e6bb8414141414141414141414141414141414141414141413d3d", "81a361636bb8414141414141414141414141414141414141414141413d3d")]
    public async Task A_message_by_the_rules_is_taken(string message, string answer)
    {
        await using var input = new ForwardInput();

        Assert.Equal(answer, await SayAsync(input, message));

        FluentEvent one = Assert.Single(input.Events);
        Assert.Equal(("audit", 1795464000u, 123456789u, """{"id":"e-1"}"""), (one.Tag, one.Seconds, one.Nanoseconds, one.Json));
        Assert.Empty(input.Violations);
    }

    [Fact]
    public async Task Nobody_is_heard_before_the_handshake()
    {
        await using var input = new ForwardInput { Security = new InputSecurity("key") };

        string greeting = await SayAsync(input, "92a56175646974c413" + Entry);

        Assert.StartsWith("92a448454c4f", greeting, StringComparison.Ordinal);
        Assert.Contains("PING", Assert.Single(input.Violations), StringComparison.Ordinal);
        Assert.Empty(input.Events);
    }

    [Fact]
    public async Task What_ends_in_its_middle_is_noted()
    {
        await using var input = new ForwardInput();

        await SayAsync(input, "92a5617564");

        Assert.Contains("inside a message", Assert.Single(input.Violations), StringComparison.Ordinal);
    }

    /// <summary>Says something in hexadecimal, and that it is all, and returns what is answered.</summary>
    private static async Task<string> SayAsync(ForwardInput input, string message)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, input.Address.Port, Cancelled);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Convert.FromHexString(message), Cancelled);
        client.Client.Shutdown(SocketShutdown.Send);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, Cancelled);
        }
        catch (IOException)
        {
            // A connection that is closed with something unread is reset.
        }

        return Convert.ToHexStringLower(answer.ToArray());
    }
}
