using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk.Testing;

namespace AuditHost.Tests.Webhook;

public sealed class ResponseTextTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_endless_answer_is_read_in_part_and_kept_in_part()
    {
        var endless = new EndlessStream();
        using var content = new StreamContent(endless);

        string? text = await ResponseText.ReadAsync(content, Cancellation);

        Assert.Equal(new string('x', 4096), text);
        Assert.InRange(endless.Given, ResponseText.MaxReadBytes, ResponseText.MaxReadBytes + 4096);
    }

    [Fact]
    public async Task An_endless_answer_of_a_server_ends_the_send()
    {
        await using Receiver receiver = await Receiver.StartAsync(async (context, _) =>
        {
            context.Response.StatusCode = 400;
            byte[] block = new byte[16 * 1024];
            block.AsSpan().Fill((byte)'x');
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
        });
        using var context = new TestPluginContext();
        await using Sdk.IConnector connector = WebhookTests.Create(context, receiver.Address);

        Sdk.DeliveryResult result = await connector.SendAsync(WebhookTests.Batch(1), Cancellation);

        Assert.Equal(Sdk.FailureKind.Rejected, result.Kind);
        Assert.Equal(4096, result.Response!.Length);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_leaves_what_came_before()
    {
        using var content = new StreamContent(new BreakingStream());

        Assert.Equal("x", await ResponseText.ReadAsync(content, Cancellation));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(" \r\n ", null)]
    [InlineData("plain", "plain")]
    [InlineData("a\r\nb\u0000c\u001b[31m\u0085\u2028d", "a  b c [31m  d")]
    public void Control_characters_become_spaces(string text, string? expected) =>
        Assert.Equal(expected, ResponseText.Clean(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Bytes_that_are_no_text_are_replaced() => Assert.Equal("\uFFFDa", ResponseText.Clean([0xFF, (byte)'a']));

    private class EndlessStream : MemoryStream
    {
        public int Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'x');
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }

    private sealed class BreakingStream : EndlessStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Given == 0 ? base.ReadAsync(buffer[..1], cancellationToken) : throw new IOException("The connection was reset.");
    }
}
