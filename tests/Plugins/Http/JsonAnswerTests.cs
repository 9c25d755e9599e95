using System.Net;
using System.Text;
using System.Text.Json;
using AuditHost.PluginKit.Http;

namespace AuditHost.Plugins.Tests.Http;

public sealed class JsonAnswerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_of_the_root_are_found()
    {
        using JsonAnswer answer = await ReadAsync("""{"code":6,"text":"no","items":[1]}""");

        Assert.Equal((6, "no"), (answer.Integer("code"), answer.String("text")));
        Assert.Equal(JsonValueKind.Array, answer.Find("items")!.Value.ValueKind);
        Assert.Null(answer.Integer("text"));
        Assert.Null(answer.String("code"));
        Assert.Null(answer.Find("other"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>\nno</html>")]
    [InlineData("""{"code":6""")]
    public async Task What_is_no_json_is_text_alone(string body)
    {
        using JsonAnswer answer = await ReadAsync(body);

        Assert.Null(answer.Root);
        Assert.Equal(body.Length == 0 ? null : body.Replace('\n', ' '), answer.Text);
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("17")]
    public async Task A_root_that_is_no_object_has_no_members(string body)
    {
        using JsonAnswer answer = await ReadAsync(body);

        Assert.NotNull(answer.Root);
        Assert.Null(answer.Integer("code"));
    }

    [Fact]
    public async Task An_answer_of_many_blocks_is_read_whole()
    {
        string items = string.Join(',', Enumerable.Range(0, 50_000));

        using JsonAnswer answer = await ReadAsync($"[{items}]", 1 << 20);

        Assert.Equal(50_000, answer.Root!.Value.GetArrayLength());
    }

    [Fact]
    public async Task An_answer_without_end_is_no_json()
    {
        using JsonAnswer answer = await ReadAsync($"[{new string('1', 200_000)}]");

        Assert.Null(answer.Root);
        Assert.Equal(4096, answer.Text!.Length);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task What_broke_off_is_no_success_and_explains_a_failure_as_far_as_it_came(HttpStatusCode status)
    {
        using var response = new HttpResponseMessage(status) { Content = new StreamContent(new BreakingStream("""{"code":4,"te"""u8.ToArray())) };

        if (response.IsSuccessStatusCode)
        {
            await Assert.ThrowsAsync<IOException>(async () => await JsonAnswer.ReadAsync(response, 4096, Cancellation));
            return;
        }

        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, 4096, Cancellation);
        Assert.Null(answer.Root);
        Assert.Equal("""{"code":4,"te""", answer.Text);
    }

    [Fact]
    public async Task Disposing_twice_gives_the_memory_back_once()
    {
        JsonAnswer answer = await ReadAsync("{}");

        answer.Dispose();
        answer.Dispose();
    }

    private static async Task<JsonAnswer> ReadAsync(string body, int maxBytes = 64 << 10)
    {
        using var response = new HttpResponseMessage { Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body))) };
        return await JsonAnswer.ReadAsync(response, maxBytes, Cancellation);
    }
}
