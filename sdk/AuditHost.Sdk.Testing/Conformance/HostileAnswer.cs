using System.Text;

namespace AuditHost.Sdk.Testing;

/// <summary>Something that a peer does in place of an answer.</summary>
/// <param name="Name">What it is, for the message.</param>
/// <param name="Credit">How much of a success it is.</param>
/// <param name="Script">Does it.</param>
internal sealed record HostileAnswer(string Name, AnswerCredit Credit, PeerScript Script)
{
    private const int ManyHeaders = 100_000;
    private const int InformationalAnswers = 10_000;
    private const string Continue = "HTTP/1.1 100 Continue\r\n\r\n";
    private const string Ok = "HTTP/1.1 200 OK\r\n";
    private const string Broken = "HTTP/1.1 500 Broken\r\n";

    /// <summary>Everything that ends by itself; the connection is closed after it.</summary>
    /// <param name="delivered">What the destination would have answered.</param>
    public static IEnumerable<HostileAnswer> All(PeerAnswer delivered)
    {
        byte[] whole = delivered.Render();
        string half = delivered.Body[..(delivered.Body.Length / 2)];
        yield return Bytes("nothing, and the end of the connection", AnswerCredit.None, []);
        yield return Bytes("garbage", AnswerCredit.None, [.. Enumerable.Range(0, 4096).Select(number => (byte)(number * 151 % 256))]);
        yield return Text("another protocol", AnswerCredit.None, "SSH-2.0-OpenSSH_9.2\r\n");
        yield return Text("half a head", AnswerCredit.None, Ok + "Content-Type: text/pl");
        yield return Text("a status that is none", AnswerCredit.None, "HTTP/1.1 abc OK\r\n\r\n");
        yield return Text("100,000 headers", AnswerCredit.None, Ok + Repeat(ManyHeaders) + "\r\n");
        yield return Text("a header of 1 MiB", AnswerCredit.None, Ok + "X: " + new string('x', 1 << 20) + "\r\n\r\n");
        yield return Text("10,000 answers of status 100 and then the end", AnswerCredit.None, string.Concat(Enumerable.Repeat(Continue, InformationalAnswers)));
        yield return Text("two lengths that contradict each other", AnswerCredit.Head, Ok + "Content-Length: 5\r\nContent-Length: 50\r\n\r\nhello");
        yield return Text("a success that breaks off", AnswerCredit.Head, Ok + "Content-Length: 1000\r\n\r\n" + half);
        yield return Text("a failure that breaks off", AnswerCredit.None, Broken + "Content-Length: 1000\r\n\r\nbroken");
        yield return Text("a success in chunks that are none", AnswerCredit.Head, Ok + "Transfer-Encoding: chunked\r\n\r\nzzzz\r\nhello\r\n");
        yield return Text("a failure in chunks that are none", AnswerCredit.None, Broken + "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n");
        yield return Text("a success without a body", AnswerCredit.Head, Ok + "Content-Length: 0\r\n\r\n");
        yield return Body("a success with a page", "<html><body>Welcome</body></html>");
        yield return Body("a success with null", "null");
        yield return Body("a success with a number", "17");
        yield return Body("a success with half of JSON", """{"items":[{"index":""");
        yield return Body("a success nested without end", new string('[', 50_000));
        yield return Bytes("a success whose length is too short", AnswerCredit.Head, [.. delivered.RenderHead(half.Length), .. Encoding.UTF8.GetBytes(delivered.Body)]);
        yield return Bytes(
            "a success in a character set that there is not",
            AnswerCredit.Whole,
            (delivered with { ContentType = "application/json; charset=x-no-such" }).Render());
        yield return Bytes("a success with more behind it", AnswerCredit.Whole, [.. whole, .. "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n"u8]);
        yield return new HostileAnswer("a success byte by byte", AnswerCredit.Whole, async (connection, _, cancellationToken) =>
        {
            for (int index = 0; index < whole.Length; index++)
                await connection.WriteAsync(whole.AsMemory(index, 1), cancellationToken);
            return false;
        });
        yield return new HostileAnswer("a reset", AnswerCredit.None, static (connection, _, _) =>
        {
            connection.Reset();
            return Task.FromResult(false);
        });
    }

    private static HostileAnswer Body(string name, string body) => Bytes(name, AnswerCredit.Head, new PeerAnswer(200, body).Render());

    private static HostileAnswer Text(string name, AnswerCredit credit, string text) => Bytes(name, credit, Encoding.Latin1.GetBytes(text));

    private static HostileAnswer Bytes(string name, AnswerCredit credit, byte[] bytes) => new(name, credit, async (connection, _, cancellationToken) =>
    {
        await connection.WriteAsync(bytes, cancellationToken);
        return false;
    });

    private static string Repeat(int headers)
    {
        var text = new StringBuilder();
        for (int number = 0; number < headers; number++)
            text.Append("X-H").Append(number).Append(": v\r\n");
        return text.ToString();
    }
}
