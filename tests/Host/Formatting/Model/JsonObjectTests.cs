using System.Text;
using System.Text.Json;
using AuditHost.Formatting.Model;
using AuditHost.Sdk;

namespace AuditHost.Tests.Formatting.Model;

public sealed class JsonObjectTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public void Every_member_of_the_samples_is_found_as_a_parser_finds_it()
    {
        foreach (AuditEvent sample in Rendering.Samples())
        {
            using var parsed = JsonDocument.Parse(sample.Json);
            AssertSame(parsed.RootElement, JsonValues.From(sample.Json));
            AssertSame(parsed.RootElement, JsonValues.From(JsonSerializer.SerializeToUtf8Bytes(parsed.RootElement, Indented)));
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ }")]
    [InlineData("{\"a\":[],\"b\":[ ],\"c\":{},\"d\":[[],[{}]],\"e\":\"\"}")]
    [InlineData("{ \"a\" :\t1 ,\r\n\"b\" : [ 1 , -2.5e3,true ,null ] }")]
    [InlineData("""{"]}":"[{\"\\","\"":{"}":"]\\\\"},"\\":[",","\\\""]}""")]
    [InlineData("""{"\u0061b":1,"é":2,"\ud83d\ude00":3}""")]
    public void Structure_inside_strings_and_white_space_do_not_confuse(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        AssertSame(parsed.RootElement, JsonValues.From(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void White_space_around_an_event_is_no_part_of_it() =>
        Assert.Equal("""{"a":1}|1""", Rendering.Render("{{ event }}|{{ event.a }}", "  {\"a\":1}  "));

    [Theory]
    [InlineData("{\"a\":{\"b\":{")]
    [InlineData("{\"a\":\"b")]
    [InlineData("{\"a\":\"b\\")]
    [InlineData("{\"a\":1")]
    [InlineData("{")]
    public void Bytes_that_were_never_checked_end_in_an_error_and_not_in_a_loop(string json) =>
        Assert.ThrowsAny<Exception>(() => new JsonObject(Encoding.UTF8.GetBytes(json)).Count);

    private static void AssertSame(JsonElement expected, object? actual)
    {
        if (expected.ValueKind == JsonValueKind.Object)
        {
            JsonObject members = Assert.IsType<JsonObject>(actual);
            Assert.Equal(expected.EnumerateObject().Select(member => member.Name), members.GetMembers());
            foreach (JsonProperty member in expected.EnumerateObject())
            {
                Assert.True(members.TryGetValue(member.Name, out object? value));
                AssertSame(member.Value, value);
            }
        }
        else if (expected.ValueKind == JsonValueKind.Array)
        {
            JsonArray items = Assert.IsType<JsonArray>(actual);
            Assert.Equal(expected.GetArrayLength(), items.Count);
            for (int index = 0; index < items.Count; index++)
                AssertSame(expected[index], items[index]);
        }
        else if (expected.ValueKind == JsonValueKind.String)
        {
            Assert.Equal(expected.GetString(), actual);
        }
        else if (expected.ValueKind == JsonValueKind.Number)
        {
            Assert.Equal(expected.GetDouble(), Convert.ToDouble(actual, System.Globalization.CultureInfo.InvariantCulture));
        }
        else
        {
            Assert.Equal(expected.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null }, (bool?)actual);
        }
    }
}
