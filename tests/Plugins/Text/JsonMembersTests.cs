using System.Text;
using System.Text.Json;
using AuditHost.PluginKit.Text;

namespace AuditHost.Plugins.Tests.Text;

public sealed class JsonMembersTests
{
    [Fact]
    public void Members_come_in_order_as_they_stand() =>
        Assert.Equal(
            ["a=\"x\\\"y\"", "b\\u0031={ \"c\": [1, {}] }", "d=-1.5e3", "=null", "e=true", "f=[]"],
            Read("""{ "a" : "x\"y", "b\u0031": { "c": [1, {}] }, "d":-1.5e3, "":null, "e":true,"f":[] } """));

    [Fact]
    public void Names_are_told_apart_decoded()
    {
        var members = new JsonMembers("""{"p\u0061yload":1}"""u8);

        Assert.True(members.MoveNext());
        Assert.True(members.Is("payload"u8));
        Assert.False(members.Is("paylod"u8));
    }

    [Fact]
    public void A_name_that_is_no_text_is_like_no_other()
    {
        var members = new JsonMembers("""{"\ud800":1}"""u8);

        Assert.True(members.MoveNext());
        Assert.False(members.Is("a"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"a\"")]
    [InlineData("{")]
    [InlineData("""{"a":1""")]
    [InlineData("""{"a":{}""")]
    [InlineData("""{"a"}""")]
    [InlineData("""{"a":1} {}""")]
    [InlineData("""{"a":1},""")]
    public void What_is_no_object_or_more_than_one_is_no_json(string json) =>
        Assert.ThrowsAny<JsonException>(() => Read(json));

    [Fact]
    public void Depth_is_no_matter()
    {
        string deep = new string('[', 900) + new string(']', 900);

        Assert.Equal([$"a={deep}"], Read($$"""{"a":{{deep}}}"""));
    }

    private static List<string> Read(string json)
    {
        var read = new List<string>();
        var members = new JsonMembers(Encoding.UTF8.GetBytes(json));
        while (members.MoveNext())
            read.Add($"{Encoding.UTF8.GetString(members.Name)}={Encoding.UTF8.GetString(members.Json)}");
        return read;
    }
}
