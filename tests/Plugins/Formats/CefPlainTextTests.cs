using System.Text;
using System.Text.Json;
using AuditHost.Formats.Cef;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Formats;

public sealed class CefPlainTextTests
{
    [Theory]
    [InlineData('=')]
    [InlineData('|')]
    public void Any_byte_at_any_place_is_seen(char mark)
    {
        for (int length = 0; length <= 67; length++)
        {
            byte[] text = [.. Enumerable.Range(0, length).Select(static place => (byte)('a' + (place % 26)))];
            byte[] target = new byte[length + 1];
            Assert.True(CefPlainText.TryCopy(text, target, (byte)mark));
            for (int place = 0; place < length; place++)
            {
                byte kept = text[place];
                for (int one = 0; one <= byte.MaxValue; one++)
                {
                    text[place] = (byte)one;
                    target.AsSpan().Fill(0xEE);

                    bool copied = CefPlainText.TryCopy(text, target, (byte)mark);

                    if (copied != (one >= ' ' && one != 0x7F && one != '\\' && one != mark))
                        Assert.Fail($"Byte {one} at place {place} of {length}: {copied}.");
                    if (target[length] != 0xEE || (copied && !target.AsSpan(0, length).SequenceEqual(text)))
                        Assert.Fail($"Byte {one} at place {place} of {length} was not copied as it should be.");
                }

                text[place] = kept;
            }
        }
    }

    /// <summary>Seeded: where the quick way of joining an array has an answer, it is the other's.</summary>
    [Fact]
    public void Plain_lists_are_joined_as_any_other()
    {
        string[] elements = ["\"SOX\"", "\"\"", "\"dataset:PATIENT.MASTER\"", "\"a, b] c\"", "\"é\"", "\"k=v\"", "\"a\\\"b\"", "\"\\\\\"", "1.5", "true", "null", "[\"x\"]", "{\"a\":[]}"];
        string[] spaces = ["", "", " ", "\r\n  "];
        var random = new Random(47);
        int plain = 0;
        for (int round = 0; round < 20_000; round++)
        {
            int kinds = random.Next(2) == 0 ? 5 : elements.Length;
            string Space() => spaces[random.Next(spaces.Length)];
            string json = $"[{Space()}{string.Join(",", Enumerable.Range(0, random.Next(5)).Select(_ => Space() + elements[random.Next(kinds)] + Space()))}]";
            byte[] array = Encoding.UTF8.GetBytes(json);
            byte[] expected = new byte[array.Length];
            byte[] actual = new byte[array.Length];
            int length = ScalarList.Join(array, expected);

            bool joined = CefList.TryJoinPlain(array, actual, out int written);

            Assert.Equal(JsonDocument.Parse(json).RootElement.EnumerateArray().All(static element =>
                element.ValueKind == JsonValueKind.String && element.GetRawText().AsSpan().IndexOfAny('\\', '=') < 0), joined);
            if (joined)
                Assert.Equal(expected[..length], actual[..written]);
            plain += joined ? 1 : 0;
        }

        Assert.InRange(plain, 5000, 19_000);
    }

    [Fact]
    public void Event_is_written_the_same_however_its_strings_are_spelled()
    {
        IEventFormatter formatter = Rendering.Create(new CefFormatterFactory());
        string id = new('i', 40);
        string Json(string type, string user, string eventId, string profile) =>
            $$$"""{"event_id":"{{{eventId}}}","event_type":"{{{type}}}","context":{"user":"{{{user}}}","compliance_profiles":["{{{profile}}}","B"]}}""";
        string plain = formatter.Render(TestEvent.Parse(Json("SecurityEvent", "alice", id, "A")));

        Assert.Contains("|SECURITY:EVENT|", plain, StringComparison.Ordinal);
        Assert.Contains($" externalId={id} auditEventId={id} ", plain, StringComparison.Ordinal);
        Assert.Contains(" cs3=A,B ", plain, StringComparison.Ordinal);
        Assert.Equal(plain, formatter.Render(TestEvent.Parse(Json(@"\u0053ecurityEvent", @"\u0061lice", @"\u0069" + id[1..], @"\u0041"))));
        Assert.DoesNotContain(" externalId=", formatter.Render(TestEvent.Parse(Json("x", "y", @"\u0069" + id, "A"))), StringComparison.Ordinal);
    }

    /// <summary>The borders at which a list is cut, and at which it no longer fits the writer's block.</summary>
    [Theory]
    [InlineData(3996)]
    [InlineData(3997)]
    [InlineData(4000)]
    [InlineData(4005)]
    public void Long_list_is_cut_as_any_other_text(int length)
    {
        IEventFormatter formatter = Rendering.Create(new CefFormatterFactory());
        string element = new('e', length);

        string line = formatter.Render(TestEvent.Parse($$$"""{"event_id":"e-1","event_type":"x","context":{"compliance_profiles":["{{{element}}}","z"]}}"""));

        string joined = element + ",z";
        Assert.Contains($" cs3={joined[..Math.Min(joined.Length, 4000)]} auditEventId=", line.Replace(" externalId=e-1", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
