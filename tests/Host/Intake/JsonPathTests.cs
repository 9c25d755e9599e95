using System.Globalization;
using System.Text;
using System.Text.Json;
using AuditHost.Intake;
using AuditHost.Sdk;

namespace AuditHost.Tests.Intake;

public sealed class JsonPathTests
{
    private static readonly string[] Names = ["a", "b", "ab", "\u00e9", "a b", "1", "", "\\\"", "\\\\", "\\u0061", "}", "]"];
    private static readonly string[] Scalars = ["1", "-2.5e3", "true", "false", "null", "\"\"", "\"x\"", "\"}{][,:\"", "\"\\\"\"", "\"\\\\\"", "\"a\\\\\\\"b\"", "\"\\u0061\\n\""];
    private static readonly string[] Spaces = ["", " ", "\t", "\r\n  "];

    /// <summary>Seeded: whatever the layout, what is found under a path is what the framework finds there.</summary>
    [Fact]
    public void Finds_what_the_framework_finds()
    {
        var random = new Random(32);
        int found = 0;
        for (int round = 0; round < 20_000; round++)
        {
            string json = Spaces[random.Next(4)] + Value(random, 0, container: true) + Spaces[random.Next(4)];
            string path = string.Join('.', Enumerable.Range(0, random.Next(0, 4)).Select(_ => random.Next(3) == 0 ? random.Next(3).ToString(CultureInfo.InvariantCulture) : "a b ab \u00e9 \"".Split(' ')[random.Next(5)]));

            EventValue value = JsonPath.Find(Encoding.UTF8.GetBytes(json), path);

            JsonElement? expected = Walk(JsonDocument.Parse(json).RootElement, path);
            Assert.Equal(expected?.ValueKind.ToString().Replace("True", "Boolean", StringComparison.Ordinal).Replace("False", "Boolean", StringComparison.Ordinal) ?? "Missing", value.Kind.ToString());
            string raw = Encoding.UTF8.GetString(value.Raw);
            Assert.Equal(expected?.GetRawText() ?? "", value.Kind == EventValueKind.String ? $"\"{raw}\"" : raw);
            found += expected is null ? 0 : 1;
        }

        Assert.InRange(found, 4000, 16_000);
    }

    [Fact]
    public void Long_name_is_not_found_and_a_lone_surrogate_is_no_obstacle()
    {
        byte[] json = Encoding.UTF8.GetBytes($"{{\"\\ud800\":1,\"{new string('n', 300)}\":2,\"a\":3}}");

        Assert.Equal(EventValueKind.Missing, JsonPath.Find(json, new string('n', 300)).Kind);
        Assert.Equal("3", JsonPath.Find(json, "a").ToString());
    }

    /// <summary>Every length around the borders of the blocks that are looked at, with a run of backslashes before the quote and brackets in the string.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\\\"")]
    [InlineData("[{\\\"")]
    public void String_ends_at_its_own_quote(string mark)
    {
        for (int length = 0; length < 140; length++)
        {
            for (int pairs = 0; pairs < 70; pairs += pairs < 4 ? 1 : 11)
            {
                string inside = new string('x', length) + mark + new string('\\', 2 * pairs);
                string json = $$$"""{"a":{"n{{{inside}}}":["{{{inside}}}",{"k":"{{{inside}}}"}],"b":"{{{inside}}}"},"c":[[],"]"],"d":7}""";
                byte[] bytes = Encoding.UTF8.GetBytes(json);
                JsonElement expected = JsonDocument.Parse(json).RootElement;

                Assert.Equal("7", JsonPath.Find(bytes, "d").ToString());
                Assert.Equal(inside, Encoding.UTF8.GetString(JsonPath.Find(bytes, "a.b").Raw));
                Assert.Equal(expected.GetProperty("a").GetRawText(), JsonPath.Find(bytes, "a").ToString());
                Assert.Equal(expected.GetProperty("c").GetRawText(), JsonPath.Find(bytes, "c").ToString());
            }
        }
    }

    /// <summary>Lengths from none to more than what is compared at a time, with one character of each kind that is told apart.</summary>
    [Fact]
    public void Name_is_the_segment_in_whatever_spelling()
    {
        for (int length = 0; length < 40; length++)
        {
            string plain = new('n', length);
            AssertNames(plain, plain, true);
            AssertNames(plain + "n", plain, false);
            for (int place = 0; place < length; place++)
            {
                string With(string one) => plain[..place] + one + plain[(place + 1)..];
                AssertNames(With("m"), plain, false);
                AssertNames(With("\\u006e"), plain, true);
                AssertNames(With("\\n"), With("\n"), true);
                AssertNames(With("\\n"), With("\\n"), false);
                AssertNames(With("\u00e9"), With("\u00e9"), true);
                AssertNames(With("\\u00E9"), With("\u00e9"), true);
                AssertNames(With("\u00e9"), plain, false);
                AssertNames(plain, With("\u00e9"), false);
            }
        }
    }

    private static void AssertNames(string raw, string segment, bool expected)
    {
        EventValue found = JsonPath.Find(Encoding.UTF8.GetBytes($$$"""{"o":{"{{{raw}}}":1}}"""), "o." + segment);

        // A path that ends in a dot ends with the segment before it.
        Assert.Equal(segment.Length == 0 ? EventValueKind.Object : expected ? EventValueKind.Number : EventValueKind.Missing, found.Kind);
    }

    private static string Value(Random random, int depth, bool container = false)
    {
        int kind = depth > 3 ? 0 : container ? random.Next(1, 3) : random.Next(4);
        string Space() => Spaces[random.Next(8) < 5 ? 0 : random.Next(4)];
        IEnumerable<int> members = Enumerable.Range(0, random.Next(5));
        return kind switch
        {
            1 => $"{{{Space()}{string.Join($"{Space()},{Space()}", members.Select(_ => $"\"{Names[random.Next(Names.Length)]}\"{Space()}:{Space()}{Value(random, depth + 1)}"))}{Space()}}}",
            2 => $"[{Space()}{string.Join($"{Space()},{Space()}", members.Select(_ => Value(random, depth + 1)))}{Space()}]",
            _ => Scalars[random.Next(Scalars.Length)],
        };
    }

    /// <summary>The first member of a name, as a stream has it.</summary>
    private static JsonElement? Walk(JsonElement element, string path)
    {
        JsonElement? current = element;
        foreach (string segment in path.Split('.', StringSplitOptions.None).Where(_ => path.Length > 0))
        {
            current = current?.ValueKind switch
            {
                JsonValueKind.Object => current.Value.EnumerateObject().Where(member => member.Name == segment).Select(member => (JsonElement?)member.Value).FirstOrDefault(),
                JsonValueKind.Array => int.TryParse(segment, out int index) && index < current.Value.GetArrayLength() ? current.Value[index] : null,
                _ => null,
            };
        }

        return current;
    }
}
