using System.Net.Http.Headers;
using AuditHost.Fakes.Prometheus;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Prometheus;

/// <summary>The fake is as strict as the specifications. Messages are written here by hand, byte by byte.</summary>
public sealed class RemoteWriteReceiverTests : IAsyncLifetime
{
    private readonly RemoteWriteReceiver _receiver = new();
    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _receiver.StartAsync(Cancelled);

    public async ValueTask DisposeAsync()
    {
        _context.Dispose();
        await _receiver.DisposeAsync();
    }

    public static TheoryData<string, byte[], int> Version1 => new()
    {
        { "good", Series1(("__name__", "a"), ("b", "c")), 204 },
        { "no name", Series1(("b", "c")), 400 },
        { "labels out of order", Series1(("b", "c"), ("__name__", "a")), 400 },
        { "a label twice", Series1(("__name__", "a"), ("b", "c"), ("b", "d")), 400 },
        { "an empty value", Series1(("__name__", "a"), ("b", "")), 400 },
        { "a name that is none", Series1(("__name__", "a-b")), 400 },
        { "no sample", Field(1, Label("__name__", "a")), 400 },
        { "cut off", Series1(("__name__", "a"))[..^1], 400 },
    };

    public static TheoryData<string, byte[], int> Version2 => new()
    {
        { "good", [.. Symbols("", "__name__", "a"), .. Series2(1, 2)], 204 },
        { "no empty symbol", [.. Symbols("__name__", "a"), .. Series2(0, 1)], 400 },
        { "an odd number of references", [.. Symbols("", "__name__", "a"), .. Series2(1, 2, 1)], 400 },
        { "a reference into nothing", [.. Symbols("", "__name__", "a"), .. Series2(1, 7)], 400 },
        { "a symbol twice", [.. Symbols("", "__name__", "a", "a"), .. Series2(1, 2)], 400 },
        { "a message of version 1", Series1(("__name__", "a")), 400 },
    };

    [Theory]
    [MemberData(nameof(Version1))]
    public async Task Version_1_has_its_rules(string what, byte[] message, int status)
    {
        Assert.Equal((what, status), (what, await PostAsync(message, "application/x-protobuf", "0.1.0")));
        Assert.Equal(status == 204 ? 0 : 1, _receiver.Violations.Count);
    }

    [Theory]
    [MemberData(nameof(Version2))]
    public async Task Version_2_has_its_rules(string what, byte[] message, int status)
    {
        Assert.Equal((what, status), (what, await PostAsync(message, "application/x-protobuf;proto=io.prometheus.write.v2.Request", "2.0.0")));
        Assert.Equal(status == 204 ? 0 : 1, _receiver.Violations.Count);
    }

    [Theory]
    [InlineData("application/x-protobuf", "2.0.0", "snappy", 415)]
    [InlineData("application/x-protobuf;proto=io.prometheus.write.v2.Request", "0.1.0", "snappy", 415)]
    [InlineData("application/json", "0.1.0", "snappy", 415)]
    [InlineData("application/x-protobuf", "0.1.0", "identity", 415)]
    public async Task Headers_have_to_belong_together(string type, string version, string encoding, int status)
    {
        Assert.Equal(status, await PostAsync(Series1(("__name__", "a")), type, version, encoding));
        Assert.Single(_receiver.Violations);
    }

    [Fact]
    public async Task A_sample_that_is_not_newer_is_refused()
    {
        byte[] message = Series1(("__name__", "a"));

        Assert.Equal(204, await PostAsync(message, "application/x-protobuf", "0.1.0"));
        Assert.Equal(400, await PostAsync(message, "application/x-protobuf", "0.1.0"));
        Assert.Equal(1, _receiver.SampleCount);
    }

    [Theory]

    // "Wikipedia is a free..." style: a literal, then a copy of it that overlaps itself.
    [InlineData(new byte[] { 6, 0, (byte)'a', 5, 1 }, "aaaaaa", true)]
    [InlineData(new byte[] { 3, 8, (byte)'a', (byte)'b', (byte)'c' }, "abc", true)]
    [InlineData(new byte[] { 4, 4, (byte)'a', (byte)'b', 6, 2, 0 }, "abab", true)]
    [InlineData(new byte[] { 3, 8, (byte)'a', (byte)'b' }, "", false)]
    [InlineData(new byte[] { 9, 8, (byte)'a', (byte)'b', (byte)'c' }, "", false)]
    [InlineData(new byte[] { 6, 0, (byte)'a', 5, 2 }, "", false)]
    public void Snappy_is_read_by_its_description(byte[] block, string text, bool good)
    {
        if (good)
            Assert.Equal(text, System.Text.Encoding.ASCII.GetString(SnappyBlock.Decompress(block)));
        else
            Assert.Throws<FormatException>(() => SnappyBlock.Decompress(block));
    }

    private async Task<int> PostAsync(byte[] message, string type, string version, string encoding = "snappy")
    {
        // One literal is a block too.
        byte[] block = [(byte)message.Length, (60 << 2) | 0, (byte)(message.Length - 1), .. message];
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_receiver.Address, RemoteWriteReceiver.Path)) { Content = new ByteArrayContent(block) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Content.Headers.ContentEncoding.Add(encoding);
        request.Headers.Add("X-Prometheus-Remote-Write-Version", version);
        using HttpResponseMessage response = await _context.Http.SendAsync(request, Cancelled);
        return (int)response.StatusCode;
    }

    private static byte[] Series1(params (string Name, string Value)[] labels) => Field(1, [.. labels.SelectMany(label => Label(label.Name, label.Value)), .. Sample()]);

    private static byte[] Series2(params byte[] references) => Field(5, [.. Field(1, references), .. Sample()]);

    private static byte[] Symbols(params string[] symbols) => [.. symbols.SelectMany(symbol => Field(4, System.Text.Encoding.UTF8.GetBytes(symbol)))];

    private static byte[] Label(string name, string value) =>
        Field(1, [.. Field(1, System.Text.Encoding.UTF8.GetBytes(name)), .. Field(2, System.Text.Encoding.UTF8.GetBytes(value))]);

    private static byte[] Sample() => Field(2, [(1 << 3) | 1, .. BitConverter.GetBytes(1.0), 2 << 3, 5]);

    private static byte[] Field(int field, byte[] value) => [(byte)((field << 3) | 2), (byte)value.Length, .. value];
}
