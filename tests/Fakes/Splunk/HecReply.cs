using System.Globalization;

namespace AuditHost.Fakes.Splunk;

/// <summary>An answer in HEC's own words.</summary>
public static class HecReply
{
    public static FakeAnswer Of(int status, int code, string text, int? invalidEvent = null)
    {
        string number = invalidEvent is { } index ? string.Create(CultureInfo.InvariantCulture, $",\"invalid-event-number\":{index}") : string.Empty;
        return new FakeAnswer(status, string.Create(CultureInfo.InvariantCulture, $$"""{"text":"{{text}}","code":{{code}}{{number}}}"""));
    }
}
