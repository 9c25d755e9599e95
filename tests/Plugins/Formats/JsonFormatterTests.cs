using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuditHost.Formats.Json;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Formats;

public sealed class JsonFormatterTests
{
    private static readonly IEventFormatter Formatter = Rendering.Create(new JsonFormatterFactory());

    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public void Event_on_one_line_goes_out_as_it_came(int index)
    {
        Assert.Equal(SampleEvents.Lines[index], Formatter.Render(SampleEvents.Parse(index)));
    }

    [Theory]
    [MemberData(nameof(SampleEvents.Indexes), MemberType = typeof(SampleEvents))]
    public void Pretty_event_becomes_the_one_line_it_was(int index)
    {
        Assert.Equal(SampleEvents.Lines[index], Formatter.Render(TestEvent.Parse(Pretty(SampleEvents.Lines[index]))));
    }

    [Fact]
    public void Tokens_keep_their_spelling_when_white_space_goes()
    {
        string json = "{\r\n\t\"event_id\" : \"a\\u0042\\/ \\\" \\\\\" ,\n \"timestamp\":\"2026-03-31T06:52:12Z\",\"event_type\":\"t  t\",\n"
            + " \"n\" : [ 1.0 , 1e+2, -0 , true ,null, {} , [ ] ]\r\n}";

        string line = Formatter.Render(TestEvent.Parse(json));

        Assert.Equal(
            """{"event_id":"a\u0042\/ \" \\","timestamp":"2026-03-31T06:52:12Z","event_type":"t  t","n":[1.0,1e+2,-0,true,null,{},[]]}""", line);
        Assert.Equal(HashOfTokens(json), HashOfTokens(line));
    }

    [Fact]
    public void Hash_over_tokens_notices_a_changed_token()
    {
        Assert.NotEqual(HashOfTokens("""{"a":1.0}"""), HashOfTokens("""{"a":1}"""));
    }

    [Fact]
    public void Json_is_framed_as_an_array_and_jsonl_by_lines()
    {
        Assert.Equal(("json", Framing.JsonArray), (new JsonFormatterFactory().Type, new JsonFormatterFactory().Info.Framing));
        Assert.Equal(("jsonl", Framing.Newline), (new JsonLinesFormatterFactory().Type, new JsonLinesFormatterFactory().Info.Framing));
        Assert.Equal(
            SampleEvents.Lines[3],
            Rendering.Create(new JsonLinesFormatterFactory()).Render(TestEvent.Parse(Pretty(SampleEvents.Lines[3]))));
    }

    /// <summary>Spreads JSON over lines without touching a token; a serialiser would write some of them anew.</summary>
    private static string Pretty(string json)
    {
        var pretty = new StringBuilder();
        bool inString = false;
        for (int index = 0; index < json.Length; index++)
        {
            char character = json[index];
            pretty.Append(character);
            if (inString && character == '\\')
                pretty.Append(json[++index]);
            else if (character == '"')
                inString = !inString;
            else if (!inString && character is '{' or '[' or ',' or ':')
                pretty.Append(" \r\n\t");
        }

        return pretty.ToString();
    }

    private static string HashOfTokens(string json)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            hash.AppendData([(byte)reader.TokenType]);
            hash.AppendData(reader.ValueSpan);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
