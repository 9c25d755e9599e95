using System.Text;

namespace AuditHost.Sdk.Testing;

/// <summary>Something that a peer does in place of an answer.</summary>
/// <param name="Name">What it is, for the message.</param>
/// <param name="HasSuccess">Whether a whole head with a status of 2xx arrives before it goes wrong.</param>
/// <param name="Script">Does it.</param>
internal sealed record HostileAnswer(string Name, bool HasSuccess, PeerScript Script)
{
    private const int ManyHeaders = 100_000;
    private const int InformationalAnswers = 10_000;
    private const string Ok = "HTTP/1.1 200 OK\r\n";
    private const string Broken = "HTTP/1.1 500 Broken\r\n";

    /// <summary>Everything that ends by itself; the connection is closed after it.</summary>
    /// <param name="delivered">What the destination would have answered.</param>
    public static IEnumerable<HostileAnswer> All(PeerAnswer delivered)
    {
        byte[] whole = delivered.Render();
        yield return Bytes("nothing, and the end of the connection", false, []);
        yield return Bytes("garbage", false, [.. Enumerable.Range(0, 4096).Select(number => (byte)(number * 151 % 256))]);
        yield return Text("another protocol", false, "SSH-2.0-OpenSSH_9.2\r\n");
        yield return Text("half a head", false, Ok + "Content-Type: text/pl");
        yield return Text("a status that is none", false, "HTTP/1.1 abc OK\r\n\r\n");
        yield return Text("100,000 headers", false, Ok + Repeat(ManyHeaders) + "\r\n");
        yield return Text("a header of 1 MiB", false, Ok + "X: " + new string('x', 1 << 20) + "\r\n\r\n");
        yield return Text("10,000 answers of status 100 and then the end", false, string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\n", InformationalAnswers)));
        yield return Text("two lengths that contradict each other", true, Ok + "Content-Length: 5\r\nContent-Length: 50\r\n\r\nhello");
        yield return Text("a success that breaks off", true, Ok + "Content-Length: 1000\r\n\r\n" + delivered.Body[..(delivered.Body.Length / 2)]);
        yield return Text("a failure that breaks off", false, Broken + "Content-Length: 1000\r\n\r\nbroken");
        yield return Text("a success in chunks that are none", true, Ok + "Transfer-Encoding: chunked\r\n\r\nzzzz\r\nhello\r\n");
        yield return Text("a failure in chunks that are none", false, Broken + "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n");
        yield return Text("a success without a body", true, Ok + "Content-Length: 0\r\n\r\n");
        yield return Body("a success with a page", "<html><body>Welcome</body></html>");
        yield return Body("a success with null", "null");
        yield return Body("a success with a number", "17");
        yield return Body("a success with half of JSON", """{"items":[{"index":""");
        yield return Body("a success nested without end", new string('[', 50_000));
        yield return Bytes("a success whose length is too short", true, [.. delivered.RenderHead(delivered.Body.Length / 2), .. whole.AsSpan(whole.Length - delivered.Body.Length)]);
        yield return new HostileAnswer("a reset", false, static (connection, _, _) =>
        {
            connection.Reset();
            return Task.FromResult(false);
        });
    }

    private static HostileAnswer Body(string name, string body) => Bytes(name, true, new PeerAnswer(200, body).Render());

    private static HostileAnswer Text(string name, bool hasSuccess, string text) => Bytes(name, hasSuccess, Encoding.Latin1.GetBytes(text));

    private static HostileAnswer Bytes(string name, bool hasSuccess, byte[] bytes) => new(name, hasSuccess, async (connection, _, cancellationToken) =>
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
