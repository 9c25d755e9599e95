using AuditHost.Commands;

namespace AuditHost.Tests.Commands;

public sealed class OutputTests
{
    [Fact]
    public void Json_for_the_console_shows_texts_as_they_are_and_no_control_characters()
    {
        IReadOnlyList<Explanation> explanations = [new("e-1", "siem", Sent: true, Reason: null, "{\"user\":\"Jürgen <j'b>\"}\u001b[2J\u009b")];

        string text = Output.JsonText(explanations, CommandJson.Default.IReadOnlyListExplanation);

        Assert.Contains("""
            "payload": "{\"user\":\"Jürgen <j'b>\"}\u001B[2J\u009B"
            """, text, StringComparison.Ordinal);
    }
}
