using System.Text;
using System.Text.Json;
using AuditHost.Intake;
using AuditHost.Sdk;

namespace AuditHost.Tests.Intake;

public sealed class JsonCursorTests
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = EventParser.MaxDepth };

    [Theory]
    [InlineData("""{}""")]
    [InlineData(""" { } """)]
    [InlineData("""{"a":1,"b":[],"c":{},"d":[[],{},[{}]],"e":null,"f":true,"g":false}""")]
    [InlineData("""{ "a" : [ 1 , -0 , 0.5 , 1e9 , 1E-9 , -1.25e+10 ] , "b" : { "c" : "d" } }""")]
    [InlineData("""{"a":"\"\\\/\b\f\n\r\t\u00e9\uD800","\u0061":""}""")]
    [InlineData("""{"a":{"b":[{"c":[1,[2,{"d":{}}]]},3],"e":[]},"f":0}""")]
    public void Good_json_is_passed_to_its_end(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);

        Assert.True(Takes(bytes));
        Assert.Equal(MembersByReader(bytes), Members(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{}}")]
    [InlineData("{]")]
    [InlineData("{\"a\":[}")]
    [InlineData("{\"a\":{]}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{,\"a\":1}")]
    [InlineData("{\"a\":1 \"b\":2}")]
    [InlineData("{\"a\":[1,]}")]
    [InlineData("{\"a\":[,1]}")]
    [InlineData("{\"a\":[1 2]}")]
    [InlineData("{\"a\":[{}{}]}")]
    [InlineData("{\"a\":[[]1]}")]
    [InlineData("{\"a\":{\"b\"}}")]
    [InlineData("{\"a\":{\"b\":}}")]
    [InlineData("{\"a\":{1:2}}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":-}")]
    [InlineData("{\"a\":1.}")]
    [InlineData("{\"a\":.5}")]
    [InlineData("{\"a\":1e}")]
    [InlineData("{\"a\":1e+}")]
    [InlineData("{\"a\":+1}")]
    [InlineData("{\"a\":1x}")]
    [InlineData("{\"a\":tru}")]
    [InlineData("{\"a\":truee}")]
    [InlineData("{\"a\":nul")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":\"\n\"}")]
    [InlineData("{\"a\":\"\u0000\"}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("{\"a\":\"\\u12g4\"}")]
    [InlineData("{\"a\":\"\\u123\"}")]
    [InlineData("{\"a\":\"\\\"}")]
    [InlineData("{\"a\":\"b")]
    [InlineData("{\"a\":1}/**/")]
    [InlineData("{\"a\":1}\f")]
    [InlineData("\uFEFF{}")]
    public void Anything_else_is_not(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);

        Assert.False(Takes(bytes));
        Assert.False(ReaderTakes(bytes));
    }

    [Theory]
    [InlineData("{\"a\":", "}")]
    [InlineData("[", "]")]
    public void Depth_ends_where_the_readers_does(string opening, string closing)
    {
        Assert.All(Enumerable.Range(EventParser.MaxDepth - 3, 6), depth =>
        {
            byte[] json = Encoding.UTF8.GetBytes($"{{\"a\":{string.Concat(Enumerable.Repeat(opening, depth))}1{string.Concat(Enumerable.Repeat(closing, depth))}}}");

            Assert.Equal(ReaderTakes(json), Takes(json));
        });
    }

    /// <summary>Seeded. Damaged events and random tokens: the framework's reader is the judge of each.</summary>
    [Fact]
    public void Verdict_is_the_readers_on_damaged_events_and_random_tokens()
    {
        byte[][] events = [.. Encoding.UTF8.GetString(Assets.Read("chain10.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes)];
        var random = new Random(20261127);
        int taken = 0;
        const int Rounds = 200_000;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] json = round % 2 == 0 ? Damage(events[random.Next(events.Length)], random) : RandomTokens(random);
            bool expected = ReaderTakes(json);
            if (Takes(json) != expected)
                Assert.Fail($"The reader {(expected ? "takes" : "refuses")} {Encoding.UTF8.GetString(json)}");
            if (expected)
            {
                taken++;
                Assert.Equal(MembersByReader(json), Members(json));
            }
        }

        Assert.InRange(taken, Rounds / 20, Rounds - (Rounds / 20));
    }

    private static byte[] Damage(byte[] json, Random random)
    {
        const string Bytes = "{}[]\",:\\ 0u1-.eE+tfn\n\u0001";
        List<byte> damaged = [.. json];
        for (int times = random.Next(1, 3); times > 0; times--)
        {
            int at = random.Next(damaged.Count);
            byte one = (byte)Bytes[random.Next(Bytes.Length)];
            switch (random.Next(6))
            {
                case 0:
                    damaged[at] = one;
                    break;
                case 1:
                    damaged.Insert(at, one);
                    break;
                case 2:
                    damaged.RemoveAt(at);
                    break;
                case 3:
                    damaged.Insert(at, (byte)' ');
                    break;
                case 4:
                    damaged.RemoveRange(at, damaged.Count - at);
                    damaged.Add((byte)'}');
                    break;
                default:
                    damaged[at] = (byte)random.Next('a', 'z');
                    break;
            }
        }

        return [.. damaged];
    }

    private static byte[] RandomTokens(Random random)
    {
        string[] values = ["1", "-0.5e3", "\"s\"", "\"\\u0041\\n\"", "true", "false", "null", "[]", "{}", "[1,2]", "{\"x\":1}", "01", "\"\\q\""];
        string[] separators = [",", ",", ",", " , ", ":", "", "}", "]"];
        var text = new StringBuilder("{");
        int members = random.Next(5);
        for (int member = 0; member < members; member++)
        {
            text.Append(member == 0 ? string.Empty : separators[random.Next(random.Next(4) > 0 ? 4 : separators.Length)]);
            text.Append($"\"{(char)('a' + member)}\"").Append(random.Next(20) == 0 ? string.Empty : ":");
            int depth = random.Next(4);
            text.Append(string.Concat(Enumerable.Range(0, depth).Select(level => level % 2 == 0 ? "[" : "{\"n\":")));
            text.Append(values[random.Next(random.Next(8) > 0 ? values.Length - 2 : values.Length)]);
            text.Append(string.Concat(Enumerable.Range(0, depth).Reverse().Select(level => level % 2 == 0 ? "]" : "}")));
        }

        return Encoding.UTF8.GetBytes(text.Append('}').ToString());
    }

    private static bool Takes(byte[] json)
    {
        var cursor = new JsonCursor(json, EventParser.MaxDepth);
        cursor.SkipSpace();
        if (!cursor.IsAtObject)
            return false;
        cursor.ReadValue();
        bool whole = !cursor.Failed && cursor.IsAtEnd;
        List<(string Name, FieldRange Value)>? members = Members(json);

        // Passed over in one go or walked through: the verdict is one.
        Assert.Equal(whole, members is not null);
        return whole;
    }

    private static List<(string Name, FieldRange Value)>? Members(byte[] json)
    {
        var members = new List<(string Name, FieldRange Value)>();
        var cursor = new JsonCursor(json, EventParser.MaxDepth);
        cursor.SkipSpace();
        cursor.EnterObject();
        for (bool first = true; cursor.NextMember(ref first, out ReadOnlySpan<byte> name, out bool escaped);)
        {
            Assert.Equal(name.Contains((byte)'\\'), escaped);
            members.Add((Encoding.UTF8.GetString(name), cursor.ReadValue()));
        }

        return cursor.Failed || !cursor.IsAtEnd ? null : members;
    }

    private static bool ReaderTakes(byte[] json)
    {
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read())
                continue;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static List<(string Name, FieldRange Value)> MembersByReader(byte[] json)
    {
        var members = new List<(string Name, FieldRange Value)>();
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = Encoding.UTF8.GetString(reader.ValueSpan);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            EventValueKind kind = reader.TokenType switch
            {
                JsonTokenType.String => EventValueKind.String,
                JsonTokenType.Number => EventValueKind.Number,
                JsonTokenType.True or JsonTokenType.False => EventValueKind.Boolean,
                JsonTokenType.StartObject => EventValueKind.Object,
                JsonTokenType.StartArray => EventValueKind.Array,
                _ => EventValueKind.Null,
            };
            reader.Skip();
            int length = (int)reader.BytesConsumed - start;
            members.Add((name, kind == EventValueKind.String ? new FieldRange(start + 1, length - 2, kind) : new FieldRange(start, length, kind)));
        }

        return members;
    }
}
